() => {
  const faults = { names: [], ids: [], headings: [], targets: [], landmarks: [], contrast: [], marks: [], cut: [] };
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const describe = (element) => {
    const place = element.closest("[id]");
    return element.localName + "." + (element.getAttribute("class") ?? "") + (place ? " in #" + place.id : "");
  };
  const add = (list, text) => { if (list.length < 8 && !list.includes(text)) list.push(text); };
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });

  // Names of what can be operated
  for (const element of all("a[href], button, input, select, summary, [tabindex='0']")) {
    if (!isSeen(element)) continue;
    const labels = element.labels ? Array.from(element.labels) : [];
    const labelled = (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id));
    const names = [element.getAttribute("aria-label"), element.textContent]
      .concat(labels.concat(labelled).map((label) => label?.textContent));
    if (element.localName === "select" || element.localName === "input") names.splice(1, 1);
    if (!names.some((name) => name && name.trim() !== "")) add(faults.names, describe(element));
  }

  // Ids, headings, landmarks
  const ids = all("[id]").map((element) => element.id);
  ids.filter((id, index) => ids.indexOf(id) !== index).forEach((id) => add(faults.ids, id));
  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6")) {
    const own = Number(heading.localName[1]);
    if (own > level + 1 || (own === 1 && level !== 0)) add(faults.headings, describe(heading));
    if (heading.textContent.trim() === "") add(faults.headings, "empty " + describe(heading));
    level = own;
  }
  for (const name of ["h1", "main", "body > header", "body > footer", "nav"]) {
    if (all(name).length !== 1) add(faults.landmarks, name);
  }
  if (document.documentElement.lang !== "en") add(faults.landmarks, "lang");

  // Targets of 24 by 24 pixels, or with that much room; links within sentences are excepted
  for (const element of all("button, input, select, summary, nav a, .counts a, .links a")) {
    if (!isSeen(element)) continue;
    const box = element.getBoundingClientRect();
    if (box.height < 24 || (box.width < 24 && element.localName !== "a")) {
      add(faults.targets, describe(element) + " " + Math.round(box.width) + "x" + Math.round(box.height));
    }
  }

  // Contrast
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colors = new Map();
  const rgba = (text) => {
    if (!colors.has(text)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      const data = canvas.getImageData(0, 0, 1, 1).data;
      colors.set(text, [data[0], data[1], data[2], data[3] / 255]);
    }
    return colors.get(text);
  };
  const luminance = (color) => {
    const [red, green, blue] = color.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one, other) => {
    const [high, low] = [luminance(one), luminance(other)].sort((left, right) => right - left);
    return (high + 0.05) / (low + 0.05);
  };
  const grounds = new Map();
  const ground = (element) => {
    if (!element) return [255, 255, 255, 1];
    if (grounds.has(element)) return grounds.get(element);
    const style = getComputedStyle(element);
    let found = style.backgroundColor;
    // Text of a picture stands on the frame drawn before it.
    const frame = element.parentElement?.closest("svg") ? element.parentElement.querySelector(":scope > .frame:last-of-type") : null;
    if (frame && frame !== element) found = getComputedStyle(frame).fill;
    const color = rgba(found);
    const result = color[3] === 1 ? color : color[3] === 0 ? ground(element.parentElement) : null;
    grounds.set(element, result);
    return result;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() === "" || /^(script|style|title|desc|option)$/.test(element.localName)) continue;
    if (!isSeen(element) || element.closest(".unseen, .skip")) continue;
    const style = getComputedStyle(element);
    const isPicture = element.closest("svg") !== null;
    const color = rgba(isPicture ? style.fill : style.color);
    const back = ground(element);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const needed = isLarge ? 3 : 4.5;
    if (back === null || color[3] !== 1) add(faults.contrast, "cannot tell: " + describe(element));
    else if (ratio(color, back) < needed) {
      add(faults.contrast, ratio(color, back).toFixed(2) + " " + describe(element));
    }
  }
  // What carries meaning without being text, and the edges of controls
  const page = rgba(getComputedStyle(document.body).backgroundColor);
  for (const element of all("svg .part, svg .frame, svg path.clash, svg .arrow, input, select, button:not(.copy)")) {
    if (!isSeen(element)) continue;
    const style = getComputedStyle(element);
    const text = element.matches(".frame, .part, path.clash, .arrow") ? style.stroke
      : style.borderTopColor;
    if (ratio(rgba(text), page) < 3) add(faults.marks, ratio(rgba(text), page).toFixed(2) + " " + describe(element));
  }

  // Text beyond its box
  for (const element of all("main *, header *, nav *")) {
    if (element.closest("svg, .picture, .copyable, .unseen, select") || !isSeen(element)) continue;
    const style = getComputedStyle(element);
    if (style.display === "inline" || style.overflowX === "auto") continue;
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) {
      add(faults.cut, describe(element) + " " + element.scrollWidth + ">" + element.clientWidth);
    }
  }
  return faults;
}
