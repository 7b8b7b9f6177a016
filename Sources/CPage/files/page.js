
"use strict";
(() => {
  const byID = (id) => document.getElementById(id);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const root = document.documentElement;
  const rows = all(".request");
  const zone = byID("zone");
  const fields = {
    q: byID("filter-text"), verdict: byID("filter-verdict"), risk: byID("filter-risk"), service: byID("filter-service"),
  };
  const hasFilters = fields.q !== null;
  // Set by a bar of the timeline: only requests that start within.
  let span = null;

  root.classList.add("scripted");
  for (const element of all("[data-scripted]")) element.hidden = false;

  // Times

  const pad = (number) => String(number).padStart(2, "0");
  const formats = new Map();

  function parts(milliseconds) {
    const name = zone.value;
    if (!formats.has(name)) {
      formats.set(name, new Intl.DateTimeFormat("en-GB", {
        timeZone: name, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit",
        minute: "2-digit", second: "2-digit", timeZoneName: "shortOffset",
      }));
    }
    const found = {};
    for (const part of formats.get(name).formatToParts(new Date(milliseconds))) found[part.type] = part.value;
    const seconds = found.second === "00" ? "" : ":" + found.second;
    return {
      date: found.year + "-" + found.month + "-" + found.day,
      clock: pad(found.hour) + ":" + found.minute + seconds,
      offset: name === "UTC" ? "UTC" : found.timeZoneName,
    };
  }

  function shown(milliseconds) {
    const time = parts(milliseconds);
    return time.date + " " + time.clock + " " + time.offset;
  }

  // Kept, for a calendar of the browser's may not reach as far.
  const original = new Map();

  function inZone(element, text) {
    if (!original.has(element)) original.set(element, element.textContent);
    if (zone.value === "UTC") {
      element.textContent = original.get(element);
      return;
    }
    try {
      element.textContent = text(original.get(element));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      element.textContent = original.get(element);
    }
  }

  function showTimes() {
    for (const element of all("time[data-ms]")) {
      const milliseconds = Number(element.dataset.ms);
      const isBoth = "both" in element.dataset;
      inZone(element, (utc) => isBoth ? utc + " (" + shown(milliseconds) + ")" : shown(milliseconds));
    }
    for (const element of all("[data-part]")) {
      inZone(element, () => parts(Number(element.dataset.ms))[element.dataset.part]);
    }
    for (const element of all("title[data-from]")) {
      const { from, until, rest } = element.dataset;
      inZone(element, () => shown(Number(from)) + " to " + shown(Number(until)) + ", " + rest);
    }
    for (const element of all("[data-zone-name]")) inZone(element, () => zone.value);
  }

  function option(value, label) {
    const element = document.createElement("option");
    element.value = value;
    element.textContent = label;
    return element;
  }

  function group(label, names) {
    const element = document.createElement("optgroup");
    element.label = label;
    for (const name of names) element.append(option(name, name.replaceAll("_", " ")));
    return element;
  }

  // Browsers list some zones by an older name than they take.
  function isZone(name) {
    try {
      return Boolean(new Intl.DateTimeFormat("en-GB", { timeZone: name }));
    } catch (error) {
      return false;
    }
  }

  function fillZones() {
    const known = Intl.supportedValuesOf ? Intl.supportedValuesOf("timeZone") : [];
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (own && own !== "UTC") zone.append(option(own, own.replaceAll("_", " ") + " (this browser)"));
    const common = [
      "America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "Europe/London", "Europe/Berlin",
      "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney",
    ].filter((name) => isZone(name) && name !== own);
    const others = known.filter((name) => !common.includes(name) && name !== own && name !== "UTC");
    if (common.length > 0) zone.append(group("Often used", common));
    if (others.length > 0) zone.append(group("All", others));
  }

  // Filters

  let texts = null;

  function text(index) {
    texts ??= rows.map((row) => all("[data-text]", row).map((part) => part.textContent).join(" ").toLowerCase());
    return texts[index];
  }

  function applyFilters() {
    if (!hasFilters) return;
    const words = fields.q.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    let count = 0;
    rows.forEach((row, index) => {
      const { verdict, risk, service, start } = row.dataset;
      const fits = (fields.verdict.value === "" || fields.verdict.value === verdict)
        && (fields.risk.value === "" || fields.risk.value === risk)
        && (fields.service.value === "" || fields.service.value === service)
        && (span === null || (start !== undefined && Number(start) >= span.from && Number(start) < span.until))
        && words.every((word) => text(index).includes(word));
      row.hidden = !fits;
      if (fits) count += 1;
    });
    const number = (value) => value.toLocaleString("en-US");
    const period = span === null ? "" : ", starting from " + shown(span.from) + " until " + shown(span.until);
    byID("filter-count").textContent = count === rows.length
      ? "All " + number(rows.length) + " shown"
      : number(count) + " of " + number(rows.length) + " shown" + period;
  }

  function writeFragment() {
    const state = new URLSearchParams();
    if (hasFilters) {
      for (const [name, field] of Object.entries(fields)) if (field.value !== "") state.set(name, field.value);
    }
    if (span !== null) {
      state.set("from", span.from);
      state.set("until", span.until);
    }
    if (zone.value !== "UTC") state.set("zone", zone.value);
    const fragment = state.toString();
    history.replaceState(null, "", fragment === "" ? location.pathname + location.search : "#?" + fragment);
  }

  function changed() {
    applyFilters();
    writeFragment();
  }

  function setFilters(state) {
    if (!hasFilters) return;
    for (const [name, field] of Object.entries(fields)) {
      field.value = state.get(name) ?? "";
      if (field.selectedIndex === -1) field.value = "";
    }
    const [from, until] = [Number(state.get("from") ?? NaN), Number(state.get("until") ?? NaN)];
    span = Math.abs(from) <= 8.64e15 && Math.abs(until) <= 8.64e15 ? { from, until } : null;
  }

  function clearFilters() {
    setFilters(new URLSearchParams());
    changed();
  }

  function reveal(id) {
    const target = byID(id);
    if (target === null) return;
    const row = target.closest(".request");
    if (row !== null && row.hidden) {
      setFilters(new URLSearchParams());
      applyFilters();
    }
    for (let parent = target; parent !== null; parent = parent.parentElement) {
      if (parent.localName === "details") parent.open = true;
    }
    const own = target.querySelector(":scope > details");
    if (own !== null) own.open = true;
    target.scrollIntoView();
  }

  function readFragment() {
    let fragment = "";
    try { fragment = decodeURIComponent(location.hash.slice(1)); } catch (error) { return; }
    if (!fragment.startsWith("?") && fragment !== "") {
      reveal(fragment);
      return;
    }
    const state = new URLSearchParams(location.hash.slice(2));
    setFilters(state);
    const name = state.get("zone") ?? "UTC";
    if (name !== zone.value) {
      zone.value = name;
      if (zone.selectedIndex === -1) zone.value = "UTC";
      showTimes();
    }
    applyFilters();
  }

  fillZones();
  zone.addEventListener("change", () => {
    showTimes();
    changed();
  });
  if (hasFilters) {
    const services = Array.from(new Set(rows.map((row) => row.dataset.service))).sort();
    for (const name of services) fields.service.append(option(name, name));
    for (const field of Object.values(fields)) field.addEventListener("input", changed);
    fields.q.form.addEventListener("submit", (event) => event.preventDefault());
    byID("filter-clear").addEventListener("click", () => {
      clearFilters();
      fields.q.focus();
    });
    const open = (isOpen) => {
      for (const row of rows) if (!row.hidden) row.firstElementChild.open = isOpen;
    };
    byID("open-all").addEventListener("click", () => open(true));
    byID("close-all").addEventListener("click", () => open(false));
    fields.q.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        clearFilters();
      }
    });
    document.addEventListener("keydown", (event) => {
      const isTyping = /^(input|select|textarea)$/.test(event.target.localName);
      if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      fields.q.focus();
      fields.q.select();
    });
  }

  // Links and copies

  async function copy(button) {
    const source = byID(button.dataset.copy);
    let isCopied = false;
    try {
      await navigator.clipboard.writeText(source.textContent);
      isCopied = true;
    } catch (error) {
      // Without the right to the clipboard the reader copies what is selected.
      getSelection().selectAllChildren(source);
    }
    const label = button.firstChild;
    label.data = isCopied ? "Copied" : "Selected";
    setTimeout(() => { label.data = "Copy"; }, 1500);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy");
    if (button !== null) {
      copy(button);
      return;
    }
    const link = event.target.closest("a[href^='#'], a[data-filter]");
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const filter = link.dataset.filter ?? "";
    if (filter !== "" && hasFilters) {
      event.preventDefault();
      setFilters(new URLSearchParams(filter));
      changed();
      byID("requests").scrollIntoView();
      byID("requests").focus({ preventScroll: true });
      return;
    }
    // Also when the fragment is this one already.
    reveal(link.getAttribute("href").slice(1));
  });

  // Paper

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    for (const element of opened) element.open = true;
  });
  addEventListener("afterprint", () => {
    for (const element of opened) element.open = false;
    opened = [];
  });

  addEventListener("hashchange", readFragment);
  applyFilters();
  readFragment();
})();
