"""`python -m svcq` is the same as `svcq`."""

from svcq.main import run

run()
