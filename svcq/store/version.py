"""Which schema this svcq knows; read before anything heavy is imported."""

KNOWN = ("0001", "0002", "0003", "0004")
"""Every schema revision, oldest first."""
HEAD = KNOWN[-1]
