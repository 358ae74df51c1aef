"""The policy: every number of the process as data, with its clause."""
