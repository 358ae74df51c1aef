"""Every hostile file imported, each in a process of its own: exit code, seconds of a core, megabytes at the highest.

`python -m tests.bench.hostile [PATTERN]`, from the folder of the checkout.
"""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.hostile.test_corpus import imported, trouble
from tests.make_hostile import CASES


def main() -> None:
    """Print the costliest files, and everything that is wrong."""
    pattern = sys.argv[1] if len(sys.argv) > 1 else ""
    names = [name for name in CASES if re.search(pattern, name)]
    with TemporaryDirectory() as folder:
        found = imported(Path(folder), names)
    wrong = [line for name, ended in found.items() for line in trouble(name, *ended)]
    ended = {name: one for name, (one, _changed, _left) in found.items()}
    for key in ("seconds", "megabytes"):
        print(f"\n{key}")
        for name in sorted(ended, key=lambda name: -getattr(ended[name], key))[:8]:
            one = ended[name]
            print(f"{one.seconds:7.2f} s {one.megabytes:5} MB  exit {one.code}  {name!r}")
    print(f"\n{len(names)} files, {sum(one.seconds for one in ended.values()):.0f} s of a core in all")
    print("\n".join(wrong) or "nothing is wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
