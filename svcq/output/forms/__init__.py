"""The forms of the process: facts in, a printable form out."""
