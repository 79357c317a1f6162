#!/usr/bin/env python3
"""Computes the vectors that are not copied from a specification, with libraries that share nothing with the crates.

usage: vectors/generate.py [--check]      needs what requirements.txt names

With --check nothing is written: it exits 1 if a committed file differs from what is computed.
"""

import json
import sys
from pathlib import Path

from generator import jose

FILES = {"jose.json": jose.file}


def main(arguments):
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    differ = [name for name, make in FILES.items() if not settled(name, make(), check=bool(arguments))]
    for name in differ:
        print(f"{name} is not what the generator computes", file=sys.stderr)
    sys.exit(1 if differ else 0)


def settled(name, content, check):
    path = Path(__file__).parent / name
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    if check:
        return path.read_text() == text
    path.write_text(text)
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
