"""How long a writer waits for another one."""

import os

WAIT = 15.0
"""Seconds to wait for another writer; SVCQ_WAIT overrides."""
LONGEST = 86_400.0


def wait() -> float:
    """Seconds to wait for a lock: those of SVCQ_WAIT, at most a day."""
    try:
        asked = float(os.environ.get("SVCQ_WAIT", WAIT))
    except ValueError:
        return WAIT
    return asked if 0 <= asked <= LONGEST else WAIT
