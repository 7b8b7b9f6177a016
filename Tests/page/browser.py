"""Drives a headless Chromium through the DevTools protocol, over a pair of pipes."""

import json
import os
import shutil
import subprocess
import tempfile
import time


class BrowserError(Exception):
    """The browser did not do what it was told."""


def find_browser():
    """The browser's path: REQLINT_CHROMIUM, else what stands on PATH, else None."""
    named = os.environ.get("REQLINT_CHROMIUM")
    if named:
        return named
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if path := shutil.which(name):
            return path
    return None


class Browser:
    """One browser with one tab. Messages are JSON, each ended by a zero byte, on descriptors 3 and 4."""

    def __init__(self, path):
        self._profile = tempfile.TemporaryDirectory(prefix="page-check-")
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        # Moved out of the way of 3 and 4 first, which they may hold themselves.
        high = [os.dup2(fd, 60 + n, inheritable=True) for n, fd in enumerate((to_browser, from_browser))]
        command = [
            path, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
            "--hide-scrollbars", "--force-color-profile=srgb", "--lang=en-US",
            f"--user-data-dir={self._profile.name}", "about:blank",
        ]
        quoted = " ".join("'" + word.replace("'", "'\\''") + "'" for word in command)
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", f"exec 3<&{high[0]} 4>&{high[1]} {high[0]}<&- {high[1]}>&-; exec {quoted}"],
            pass_fds=high, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for fd in (to_browser, from_browser, *high):
            os.close(fd)
        self._buffer = b""
        self._last = 0
        self._session = None
        self.events = []
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self._session = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")
        self._in_page_zone("Europe/Berlin")

    def _in_page_zone(self, zone):
        self.call("Emulation.setTimezoneOverride", timezoneId=zone)

    def close(self):
        """Ends the browser."""
        try:
            self._session = None
            self.call("Browser.close")
            self._process.wait(timeout=10)
        except (BrowserError, OSError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        os.close(self._out)
        os.close(self._in)
        self._profile.cleanup()

    def call(self, method, **parameters):
        """Sends a command and waits for its answer; events that come meanwhile are kept."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data):]
        while True:
            answer = self._read()
            if answer.get("id") == self._last:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            if "method" in answer:
                self.events.append(answer)

    def _read(self):
        while b"\0" not in self._buffer:
            data = os.read(self._in, 1 << 20)
            if not data:
                raise BrowserError("the browser has gone")
            self._buffer += data
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)

    def wait(self, method, seconds=30):
        """Waits for an event that has not been waited for yet."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for event in self.events:
                if event["method"] == method and not event.get("seen"):
                    event["seen"] = True
                    return event
            self.evaluate("0")
            time.sleep(0.01)
        raise BrowserError(f"no {method} within {seconds} s")

    def open(self, address):
        """Loads a page afresh; gives the seconds until it was loaded."""
        self.call("Page.navigate", url="about:blank")
        self.evaluate("0")
        self.events.clear()
        start = time.monotonic()
        self.call("Page.navigate", url=address)
        self.wait("Page.loadEventFired")
        return time.monotonic() - start

    def evaluate(self, expression):
        """The value of a JavaScript expression, awaited if it is a promise."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, userGesture=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def size(self, width, height=900):
        """Sets the window's inner size in CSS pixels."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def media(self, kind="", scheme="light"):
        """Sets the medium, `print` or the screen, and the colour scheme that the reader prefers."""
        self.call(
            "Emulation.setEmulatedMedia", media=kind, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def key(self, key, modifiers=0):
        """Presses a key and lets it go."""
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32}
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        common = {"key": key, "windowsVirtualKeyCode": codes.get(key, ord(key[0])), "modifiers": modifiers}
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **common)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def type(self, text):
        """Types text into what has the focus."""
        self.call("Input.insertText", text=text)
