"""Ctrl-C and the signals that ask a process to end: they end it once, tidily, and without a traceback."""

import signal
import sys

SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)
AGAIN = 0.01
"""Seconds until an interruption that went lost is repeated."""


class Asked:
    """What this process was asked to do."""

    end = 0
    """The number of the first signal that asked it to end."""


def at_the_door() -> None:
    """Until `listen`, Ctrl-C ends the process as it ends one that knows nothing of it: nothing was begun yet."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def listen() -> None:
    """From now on the first of the signals is a KeyboardInterrupt; another one ends the process at once.

    What the one who started it ignores (a background job Ctrl-C, `nohup` the end of the terminal) stays ignored.
    """
    sys.unraisablehook = _unraisable
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _ask)


def deafen() -> None:
    """All is said and done: the process ends by itself now."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def exit_code() -> int:
    """What a shell expects of a process that was asked to end: 130 after Ctrl-C, 143 after SIGTERM."""
    return 128 + (Asked.end or signal.SIGINT)


def _ask(number: int, _frame: object) -> None:
    if Asked.end:
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)
    Asked.end = number
    if "logging" in sys.modules:  # libraries log what an interruption does to them
        sys.modules["logging"].disable()
    raise KeyboardInterrupt


def _unraisable(what: "sys.UnraisableHookArgs") -> None:
    """An interruption that fell into a callback, where Python drops it, comes once more a little later."""
    if Asked.end and what.exc_type is not None and issubclass(what.exc_type, KeyboardInterrupt):
        import threading

        number, Asked.end = Asked.end, 0
        timer = threading.Timer(AGAIN, signal.raise_signal, (number,))
        timer.daemon = True
        timer.start()
    else:
        sys.__unraisablehook__(what)
