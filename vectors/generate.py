#!/usr/bin/env python3
"""Computes what vectors expect, with libraries that share nothing with the crates.

usage: vectors/generate.py [--check]      needs what requirements.txt names

With --check nothing is written: it exits 1 if a committed file differs from what is computed.
"""

import sys
from pathlib import Path

from generator import derivations, jose

# Of the text of each file what it ought to be.
FILES = {"jose.json": lambda _: jose.text(), "keys.json": derivations.completed}


def main(arguments):
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    differ = [name for name, make in FILES.items() if not settled(name, make, check=bool(arguments))]
    for name in differ:
        print(f"{name} is not what the generator computes", file=sys.stderr)
    sys.exit(1 if differ else 0)


def settled(name, make, check):
    path = Path(__file__).parent / name
    there = path.read_text()
    text = make(there)
    if check:
        return there == text
    path.write_text(text)
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
