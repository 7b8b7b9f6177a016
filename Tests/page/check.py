#!/usr/bin/env python3
"""Opens the plan's pages in a browser and checks what a reader sees and can do.

Usage: check.py FOLDER   with the pages page-1.html, page-20.html, page-50.html, page-1000.html, page-hostile.html, page-empty.html

Prints one line a check; exit 0: all passed, 1: some failed, 2: no browser or no pages.
"""

import pathlib
import sys
import time

from browser import Browser, BrowserError, find_browser

SIZES = {"1": 1, "20": 20, "50": 50, "1000": 1000, "hostile": 7, "empty": 0}
AUDIT = pathlib.Path(__file__).with_name("audit.js").read_text(encoding="utf-8")


class Checks:
    """Runs checks on one page after another and counts what failed."""

    def __init__(self, browser, folder):
        self.browser = browser
        self.folder = folder
        self.page = ""
        self.failed = 0
        self.count = 0

    def check(self, name, fault):
        """One line: `fault` is empty for a check that passed."""
        self.count += 1
        self.failed += bool(fault)
        print(f"{'FAIL' if fault else 'ok'}: {self.page}: {name}" + (f": {fault}" if fault else ""), flush=True)

    def equal(self, name, actual, expected):
        """Passes where both are equal."""
        self.check(name, "" if actual == expected else f"{actual!r}, not {expected!r}")

    def address(self, fragment=""):
        """Where the page is."""
        return (self.folder / f"page-{self.page}.html").resolve().as_uri() + fragment

    def shown(self):
        """Number of requests that the filters leave."""
        return self.browser.evaluate("document.querySelectorAll('.request:not([hidden])').length")

    def status(self):
        """What is announced of the filters."""
        return self.browser.evaluate("document.getElementById('filter-count')?.textContent ?? ''")

    def run(self):
        """Checks all pages."""
        for self.page, size in SIZES.items():
            self.browser.media()
            self.browser.size(1200)
            self.loading(size)
            self.layout()
            self.audits()
            self.printing(size)
            if size:
                self.zones()
                self.keyboard(size)
                self.copies()
            if size >= 50:
                self.filters(size)
                self.fragments(size)
            self.quiet()
            self.without_script(size)

    # What a page does

    def loading(self, size):
        """Loads once, alone and fast."""
        seconds = self.browser.open(self.address())
        self.check("opens in under 2 s", "" if seconds < 2 else f"{seconds:.2f} s")
        self.equal("shows every request", self.shown(), size)
        self.equal("title is the page's own", self.browser.evaluate("document.title").startswith("Dry-run plan: "), True)
        policy = self.browser.evaluate(
            "new Promise((done) => { addEventListener('securitypolicyviolation', () => done('blocked'));"
            "const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
            "document.body.append(s); s.remove(); setTimeout(() => done('no violation'), 300); })")
        self.equal("a foreign script does not run", [policy, self.browser.evaluate("window.ran ?? 0")], ["blocked", 0])
        self.browser.open(self.address())

    def quiet(self):
        """Says nothing on the console, and asks for nothing but itself."""
        requests = [
            event["params"]["request"]["url"] for event in self.browser.events
            if event["method"] == "Network.requestWillBeSent"]
        others = [url for url in requests if url.split("#")[0] != self.address()]
        self.equal("no request beyond the file", others, [])
        messages = [
            event["params"].get("args") or event["params"].get("entry") or event["params"]["exceptionDetails"]["text"]
            for event in self.browser.events
            if event["method"] in ("Runtime.consoleAPICalled", "Log.entryAdded", "Runtime.exceptionThrown")]
        self.equal("no console message", messages, [])

    def layout(self):
        """Fits narrow, middling and wide windows, with everything open."""
        self.open_all()
        for width in (320, 800, 1400):
            self.browser.size(width)
            wide = self.browser.evaluate("document.documentElement.scrollWidth - innerWidth")
            self.check(f"no sideways scrolling at {width} px", "" if wide <= 0 else f"{wide} px too wide")
            self.equal(f"nothing cut off at {width} px", self.browser.evaluate(f"({AUDIT})().cut"), [])
        self.browser.size(1200)

    def open_all(self):
        """Opens every fold, and lays out what is outside the window."""
        self.browser.evaluate(
            "document.querySelectorAll('details').forEach((d) => { d.open = true; });"
            "document.querySelectorAll('.request').forEach((r, i) => { r.style.contentVisibility = 'visible'; });")

    def audits(self):
        """Names, contrast, headings, ids, targets: in both colour schemes, everything open."""
        if self.page == "1000":
            # All requests are made from one template: the first hundred hold every state.
            self.browser.evaluate(
                "Array.from(document.querySelectorAll('.request')).slice(100).forEach((r) => r.remove())")
        for scheme in ("light", "dark"):
            self.browser.media(scheme=scheme)
            found = self.browser.evaluate(f"({AUDIT})()")
            for name in ("contrast", "marks"):
                self.equal(f"{name}, {scheme}", found[name], [])
        for name in ("names", "ids", "headings", "targets", "landmarks"):
            self.equal(name, found[name], [])
        self.browser.media()
        self.browser.open(self.address())

    def printing(self, size):
        """Shows on paper what the screen folds or hides."""
        if size:
            self.browser.evaluate(
                "const f = document.getElementById('filter-text'); f.value = 'no such text';"
                "f.dispatchEvent(new Event('input'))")
            self.equal("filtered before printing", self.shown(), 0)
        self.browser.media(kind="print")
        for event in ("beforeprint", "afterprint"):
            unseen = self.browser.evaluate(
                "Array.from(document.querySelectorAll('.request, .request .body, pre, .layers li, .files li'))"
                ".filter((e) => !e.checkVisibility({contentVisibilityAuto: false}) || e.getBoundingClientRect().height"
                " === 0 || (e.localName === 'pre' && e.scrollHeight > e.clientHeight + 2)).length")
            name = "style sheet alone" if event == "beforeprint" else "with script"
            self.equal(f"print shows all, {name}", unseen, 0)
            if event == "beforeprint":
                self.browser.evaluate("dispatchEvent(new Event('beforeprint'))")
            else:
                folded = self.browser.evaluate("document.querySelectorAll('details:not([open])').length")
                self.equal("print opens every fold", folded, 0)
                controls = self.browser.evaluate(
                    "Array.from(document.querySelectorAll('button, select, input, nav')).filter((e) =>"
                    " e.checkVisibility()).length")
                self.equal("print has no controls", controls, 0)
        self.browser.evaluate("dispatchEvent(new Event('afterprint'))")
        self.browser.media()
        self.browser.open(self.address())

    def zones(self):
        """Times follow the zone that is picked, and come back."""
        times = "Array.from(document.querySelectorAll('time, [data-part], [data-zone-name]')).map((t) => t.textContent)"
        pick = (
            "(() => { const z = document.getElementById('zone'); z.value = '%s';"
            "z.dispatchEvent(new Event('change')); })()")
        before = self.browser.evaluate(times)
        own = self.browser.evaluate("document.getElementById('zone').options[1].textContent")
        self.equal("offers the browser's own zone", own, "Europe/Berlin (this browser)")
        self.browser.evaluate(pick % "Asia/Kolkata")
        after = self.browser.evaluate(times)
        moved = sum(old != new for old, new in zip(before, after))
        self.check("zone changes the times", "" if moved > len(before) // 3 else f"{moved} of {len(before)} changed")
        made = self.browser.evaluate("document.querySelector('.banner time').textContent")
        self.equal("time in Kolkata", made, "2026-11-20 17:30 GMT+5:30")
        kept = self.browser.evaluate("location.hash")
        self.equal("zone is in the fragment", kept, "#?zone=Asia%2FKolkata")
        self.browser.evaluate(pick % "UTC")
        self.equal("times come back", self.browser.evaluate(times), before)

    def keyboard(self, size):
        """Everything can be done without a mouse."""
        browser = self.browser
        browser.open(self.address())
        browser.key("Tab")
        self.equal("first stop is the skip link", browser.evaluate("document.activeElement.className"), "skip")
        self.equal(
            "skip link is seen", browser.evaluate("document.activeElement.getBoundingClientRect().left >= 0"), True)
        browser.key("/")
        self.equal("/ focuses the filter", browser.evaluate("document.activeElement.id"), "filter-text")
        browser.type("no such text")
        self.equal("filter applies as one types", self.shown(), 0)
        browser.key("Escape")
        self.equal("Escape clears", [self.shown(), browser.evaluate("document.activeElement.value")], [size, ""])
        order = []
        for _ in range(7):
            browser.key("Tab")
            order.append(browser.evaluate("document.activeElement.id || document.activeElement.localName"))
        self.equal(
            "Tab goes through the controls to the first request", order,
            ["filter-verdict", "filter-risk", "filter-service", "filter-clear", "open-all", "close-all", "summary"])
        ring = browser.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle === 'solid'"
            " && parseFloat(s.outlineWidth) >= 2; })()")
        self.equal("focus is visible", ring, True)
        is_open = "document.activeElement.parentElement.open"
        states = [browser.evaluate(is_open)]
        for key in ("Enter", " "):
            browser.key(key)
            states.append(browser.evaluate(is_open))
        self.equal("Enter and Space open and close", states, [states[0], not states[0], states[0]])

    def copies(self):
        """A button copies its text whole, or selects it where the clipboard is out of reach."""
        browser = self.browser
        self.browser.open(self.address())
        click = (
            "new Promise((done) => { const b = document.querySelector('[data-copy^=command]');"
            "b.closest('.request').querySelectorAll('details').forEach((d) => { d.open = true; }); b.click();"
            "setTimeout(() => done(b.firstChild.data), 50); })")
        text = browser.evaluate(
            "document.getElementById(document.querySelector('[data-copy^=command]').dataset.copy).textContent")
        browser.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
        self.equal("Copy says so", browser.evaluate(click), "Copied")
        self.equal("Copy takes all", browser.evaluate("window.copied === undefined ? '' : window.copied"), text)
        browser.evaluate("navigator.clipboard.writeText = async () => { throw new Error('no'); }")
        self.equal("without a clipboard it selects", browser.evaluate(click), "Selected")
        self.equal("what is selected", browser.evaluate("getSelection().rangeCount === 1"
                   " && getSelection().getRangeAt(0).toString()"), text)

    def filters(self, size):
        """What the filters leave, how many they announce, and what stands in the address."""
        browser = self.browser
        browser.open(self.address())
        count = "document.querySelectorAll('.request[data-%s=\"%s\"]').length"
        for name, value in (("verdict", "blocked"), ("risk", "high"), ("service", "proton")):
            expected = browser.evaluate(count % (name, value))
            browser.evaluate(
                f"(() => {{ const f = document.getElementById('filter-{name}'); f.value = '{value}';"
                "f.dispatchEvent(new Event('input', {bubbles: true})); })()")
            self.equal(f"{name} filter", [0 < expected < size, self.shown()], [True, expected])
            self.equal(f"{name} count is announced", self.status(), f"{expected:,} of {size:,} shown")
            self.equal(f"{name} is in the fragment", browser.evaluate("location.hash"), f"#?{name}={value}")
            browser.evaluate("document.getElementById('filter-clear').click()")
        self.equal("Clear shows all", [self.shown(), self.status()], [size, f"All {size:,} shown"])
        browser.evaluate("document.activeElement.blur()")
        start = time.monotonic()
        browser.key("/")
        browser.type("LOGS-7 upgrade")
        browser.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        seconds = time.monotonic() - start
        found = browser.evaluate(
            "Array.from(document.querySelectorAll('.request:not([hidden])')).every((r) =>"
            " /logs-7/i.test(r.textContent) && /upgrade/i.test(r.textContent))")
        self.equal("text filter wants every word", [found, 0 < self.shown() < size], [True, True])
        self.check("text filter answers within 0.5 s", "" if seconds < 0.5 else f"{seconds:.2f} s")
        browser.evaluate("document.getElementById('filter-clear').click()")
        browser.evaluate("document.querySelector('.counts a[data-filter=\"verdict=review\"]').click()")
        self.equal("a number of the summary filters", self.shown(), browser.evaluate(count % ("verdict", "review")))
        label = browser.evaluate("document.querySelector('.column text')?.textContent")
        browser.evaluate(
            "document.querySelector('.column').dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))")
        self.equal("a bar of the timeline filters", str(self.shown()), label)

    def fragments(self, size):
        """An address leads back to what it showed."""
        browser = self.browser
        browser.open(self.address("#?verdict=blocked&zone=Asia%2FTokyo"))
        expected = browser.evaluate("document.querySelectorAll('.request[data-verdict=blocked]').length")
        self.equal("fragment sets the filter", self.shown(), expected)
        self.equal("fragment sets the zone", browser.evaluate("document.getElementById('zone').value"), "Asia/Tokyo")
        hidden = browser.evaluate("document.querySelector('.request[hidden]').id")
        browser.evaluate(f"location.hash = '#{hidden}'; new Promise((done) => setTimeout(done, 100))")
        seen = browser.evaluate(
            f"(() => {{ const r = document.getElementById('{hidden}'); const b = r.getBoundingClientRect();"
            "return [r.hidden, r.firstElementChild.open, b.top >= 0 && b.top < innerHeight]; })()")
        self.equal("a link to a filtered request shows it", seen, [False, True, True])
        browser.open(self.address("#?verdict=%22%3E%3Cimg%3E&zone=Nowhere&from=x&until=%00"))
        self.equal("a strange fragment shows all", self.shown(), size)
        browser.open(self.address("#%E0%A4%A"))
        self.equal("a broken fragment shows all", self.shown(), size)

    def without_script(self, size):
        """All is shown, and no control that would do nothing."""
        self.browser.call("Emulation.setScriptExecutionDisabled", value=True)
        self.browser.open(self.address())
        seen = self.browser.evaluate(
            "[document.querySelectorAll('.request').length,"
            " Array.from(document.querySelectorAll('button, select, input')).filter((e) => e.checkVisibility()).length]")
        self.equal("without script", seen, [size, 0])
        self.browser.call("Emulation.setScriptExecutionDisabled", value=False)


def main():
    """Runs all checks; gives the exit code."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    folder = pathlib.Path(sys.argv[1])
    path = find_browser()
    if path is None or not all((folder / f"page-{name}.html").is_file() for name in SIZES):
        print("no browser, or no pages", file=sys.stderr)
        return 2
    browser = Browser(path)
    try:
        checks = Checks(browser, folder)
        checks.run()
    except BrowserError as error:
        print(f"FAIL: {error}")
        return 1
    finally:
        browser.close()
    print(f"{checks.count} checks, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
