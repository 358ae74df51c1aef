"""The door: `python -m svcq`, and the script `svcq`, which takes `run` from here."""

from svcq.interrupts import at_the_door

at_the_door()

from svcq.main import run  # noqa: E402 - from the first moment on, Ctrl-C is no traceback

if __name__ == "__main__":
    run()
