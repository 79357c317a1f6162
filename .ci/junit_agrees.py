"""Compares the junit.xml of a run with its results.json, through a reader that is not ours.

usage: junit_agrees.py FOLDER
"""

import json
import sys
from collections import Counter
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, Skipped


def main(folder):
    results = json.loads((folder / "results.json").read_text())
    report = JUnitXml.fromfile(str(folder / "junit.xml"))
    expected = {p["id"]: standing(p, results["strict"]) for p in results["purposes"]}
    expected |= {f"waiver/{w['purpose']}": "failed" for w in results["stale_waivers"]}

    got = {}
    for suite in report:
        seen = Counter()
        for case in suite:
            assert case.name not in got, f"{case.name} occurs twice"
            got[case.name] = seen_as(case)
            seen[got[case.name]] += 1
            id = case.name.removeprefix("waiver/")
            assert case.classname == id.rpartition("/")[0].replace("/", "."), case.classname
        told = (suite.tests, suite.failures, suite.errors)
        counted = (seen.total(), seen["failed"], seen["error"])
        assert told == counted, f"suite {suite.name} tells {told}, its cases are {counted}"

    for name in sorted(expected.keys() | got.keys()):
        if expected.get(name) != got.get(name):
            sys.exit(f"{name}: expected {expected.get(name)}, junitparser reads {got.get(name)}")
    counts = Counter(got.values())
    red = counts["failed"] > 0
    assert red == (results["outcome"] == "nonconformant"), f"{counts}, but {results['outcome']}"
    agree = "case agrees" if len(got) == 1 else "cases agree"
    print(f"{len(got)} {agree}: " + ", ".join(f"{n} {s}" for s, n in sorted(counts.items())))


def standing(purpose, strict):
    """How a purpose has to look in JUnit."""
    verdict = purpose["verdict"]
    if verdict == "fail" and ("waiver" in purpose or (purpose.get("advisory") and not strict)):
        return "skipped"
    return {
        "pass": "passed",
        "fail": "failed",
        "inconclusive": "error",
        "error": "error",
        "not_applicable": "skipped",
    }[verdict]


def seen_as(case):
    kinds = {Failure: "failed", Error: "error", Skipped: "skipped"}
    seen = [kinds[type(result)] for result in case.result]
    assert len(seen) <= 1, f"{case.name}: {seen}"
    return seen[0] if seen else "passed"


main(Path(sys.argv[1]))
