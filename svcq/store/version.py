"""Which schema this svcq knows; read before anything heavy is imported."""

KNOWN = ("0001", "0002", "0003", "0004", "0005")
"""Every schema revision, oldest first."""
HEAD = KNOWN[-1]
SAME_RULES = ("0005",)
"""Steps that came without a change of the rules: the ledger of a store that only lacks these is still right."""
