"""A headless Chromium, spoken to by its own protocol over two pipes; None where there is no browser."""

import fcntl
import json
import os
import shutil
import subprocess
from collections import deque
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
"""What it is called on the systems that have one."""
OFFLINE = (
    "--headless=new",
    "--no-first-run",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--hide-scrollbars",
    "--mute-audio",
    "--remote-debugging-pipe",
    "--no-sandbox",  # a container's root has no other way; only our own pages are opened
    "--disable-dev-shm-usage",
)
Message = dict[str, Any]


def find() -> str | None:
    """Where the browser is: `SVCQ_CHROMIUM`, else the first of its names on the PATH."""
    named = os.environ.get("SVCQ_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


class Browser:
    """One page of a browser: what it shows, what it asked for, what it complained of."""

    def __init__(self, program: str, profile: Path) -> None:
        """Start it with a profile of its own."""
        read_here, write_there = os.pipe()
        read_there, write_here = os.pipe()
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (read_there, write_there)]

        def hand_over() -> None:
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        self.process = subprocess.Popen(
            [program, *OFFLINE, f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=hand_over,
            close_fds=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in (read_there, write_there, *ends):
            os.close(end)
        self._in, self._out = (
            os.fdopen(read_here, "rb", buffering=0),
            os.fdopen(write_here, "wb", buffering=0),
        )
        self._rest, self._waiting, self._count, self._session = b"", deque[Message](), 0, ""
        self.events: list[Message] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(20)
        self._in.close()
        self._out.close()

    def call(self, method: str, **params: object) -> Message:
        """Ask it to do something, and give what it answers."""
        self._count += 1
        said: Message = {"id": self._count, "method": method, "params": params}
        if self._session:
            said["sessionId"] = self._session
        self._out.write(json.dumps(said).encode() + b"\0")
        while (message := self._next()).get("id") != self._count:
            self.events.append(message)
        assert "error" not in message, message
        return message["result"]

    def _next(self) -> Message:
        while not self._waiting:
            part = self._in.read(1 << 16)
            assert part, "the browser has ended"
            *whole, self._rest = (self._rest + part).split(b"\0")
            self._waiting.extend(json.loads(one) for one in whole)
        return self._waiting.popleft()

    def open(self, url: str, *, wide: int = 1200, high: int = 900) -> None:
        """Load a page in a window of that size; a narrow one is a phone's."""
        phone = wide < 600
        size = {"width": wide, "height": high, "deviceScaleFactor": 2 if phone else 1, "mobile": phone}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.events.clear()
        self.call("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def value(self, script: str) -> Any:  # noqa: ANN401
        """What an expression of JavaScript comes to on the page."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def of(self, method: str) -> list[Message]:
        """The events of a kind since the page was opened."""
        return [event["params"] for event in self.events if event.get("method") == method]

    @property
    def asked_for(self) -> list[str]:
        """The addresses of everything that was asked for."""
        return [one["request"]["url"] for one in self.of("Network.requestWillBeSent")]

    @property
    def complaints(self) -> list[str]:
        """What stands on the console: errors, warnings and messages of scripts, and what was refused."""
        logged = [one["entry"]["text"] for one in self.of("Log.entryAdded")]
        said = [str(one["args"]) for one in self.of("Runtime.consoleAPICalled")]
        return [*logged, *said, *(str(one) for one in self.of("Runtime.exceptionThrown"))]
