#!/usr/bin/env python3
"""Runs every test of a build folder with CTest and sums up what happened.

Usage: run_tests.py BUILD_DIR. Prints the output of what failed, why tests were
skipped, and as its last line "passed P, skipped S (why)".
"""
import collections
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

LINES_KEPT = 40  # of a failed test's output, at its beginning and at its end
LONGEST_LINE = 500


def run_ctest(build_dir, report):
    """Runs all tests, writing a JUnit report; returns CTest's exit code."""
    jobs = str(os.cpu_count() or 2)
    return subprocess.run(
        ["ctest", "--test-dir", build_dir, "--parallel", jobs, "--quiet",
         "--no-tests=error", "--output-junit", report],
        stdout=subprocess.DEVNULL, check=False).returncode


def excerpt(output):
    """The output of a failed test, without its middle if it is long.

    A test that fails in a loop can print megabytes, and a log that is cut by
    whoever keeps it says nothing at all.
    """
    lines = [line[:LONGEST_LINE] for line in output.splitlines()]
    if len(lines) <= 2 * LINES_KEPT:
        return "\n".join(lines)
    left_out = f"... {len(lines) - 2 * LINES_KEPT} lines left out ..."
    return "\n".join(lines[:LINES_KEPT] + [left_out] + lines[-LINES_KEPT:])


def skip_reason(case):
    """The line that a skipped test printed to say why, or what CTest says."""
    output = case.findtext("system-out") or ""
    said = re.search(r"Skipped\n(?:.*\n)??(?P<why>\S.*)\n", output)
    return said.group("why").strip() if said else "not available here"


def main(build_dir):
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.xml")
        exit_code = run_ctest(build_dir, report)
        if not os.path.exists(report):
            print("run_tests: CTest wrote no report", file=sys.stderr)
            return 1
        cases = list(ElementTree.parse(report).getroot().iter("testcase"))
    passed, failed, skipped = 0, [], collections.Counter()
    for case in cases:
        status = case.get("status")
        if status == "run":
            passed += 1
        elif status in ("notrun", "disabled"):
            skipped[skip_reason(case)] += 1
        else:
            failed.append(case)
    for case in failed:
        print(f"--- FAILED {case.get('name')}\n{excerpt(case.findtext('system-out') or '')}")
    why = "; ".join(f"{count} {reason}" for reason, count in sorted(skipped.items()))
    summary = f"passed {passed}, skipped {sum(skipped.values())}" + (f" ({why})" if why else "")
    for case in failed:
        print(f"failed: {case.get('name')}")
    print(f"{passed} passed, {len(failed)} failed, {sum(skipped.values())} skipped")
    print(f"FAILED {len(failed)}, {summary}" if failed else summary)
    return 1 if failed or exit_code != 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
