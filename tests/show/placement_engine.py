"""Lines 1 to 4 of placement: published answers, all placements, misreports, speed."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import troupe_process

ROUNDS = 20_000
MISREPORTED = ["graduates_propose", "student_project", "reserves"]


def run(*command, check=True):
    """What a command of ours printed."""
    return subprocess.run([troupe_process.BIN / command[0], *command[1:]], check=check, text=True,
                          capture_output=True).stdout


def show_published(show):
    troupe_process.build("placement_test")
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        run("placement_test", "--gtest_filter=PublishedAnswersTest.*",
            f"--gtest_output=json:{report.name}", check=False)
        suite = json.loads(pathlib.Path(report.name).read_text())
    tests = [test for each in suite["testsuites"] for test in each["testsuite"]]
    passed = [test for test in tests
              if test["result"] == "COMPLETED" and not test.get("failures")]
    refusing = [test for test in tests if "Issue159" in test["name"]]
    answers = [test for test in tests if test not in refusing]
    show.tell("1a", "published answers that come out exactly (hospitals, marriages, projects)",
              f"{sum(t in passed for t in answers)} of {len(answers)}", "all",
              len(answers) > 0 and all(test in passed for test in answers))
    show.tell("1b", "hr_issue_159.json refused with each of its 133 defects, or cleaned",
              f"{sum(t in passed for t in refusing)} of {len(refusing)}", "all",
              len(refusing) > 0 and all(test in passed for test in refusing))


def show_promises(show):
    troupe_process.build("troupe-placement-check")
    printed = run("troupe-placement-check", f"--rounds={ROUNDS}", "--misreports=2000", check=False)
    figures = [json.loads(line) for line in printed.splitlines() if line]
    rounds = sum(f["rounds"] for f in figures)
    show.tell("2a", f"small rounds by {len(figures)} mechanisms, against "
              f"{sum(f['placements'] for f in figures):,} placements", f"{rounds:,}",
              f">= {ROUNDS:,} each", all(f["rounds"] >= ROUNDS for f in figures), rounds)
    broken = sum(f["broken"] for f in figures)
    show.tell("2b", "rounds whose promise is not kept", broken, "0", broken == 0)
    wrong = sum(f["wrong_verdicts"] for f in figures)
    show.tell("2c", f"of {sum(f['verdicts'] for f in figures):,} placements, those that our "
              "checker judges otherwise than the oracle", wrong, "0", wrong == 0)
    pairs = next(f for f in figures if f["mechanism"] == "linked_pairs")
    show.tell("2d", f"pairs: rounds of {pairs['rounds']:,} with something that blocks "
              f"({pairs['could_be']} could have none); blocking in all, and the fewest possible",
              f"{pairs['breaches']}, {pairs['fewest']}")
    truthful = [f for f in figures if f["mechanism"] in MISREPORTED]
    tried = sum(f["lists_tried"] for f in truthful)
    gains = sum(f["gains"] for f in truthful)
    show.tell("3", f"gains by another list, of {tried:,} tried by every graduate of "
              f"{2000 * len(truthful):,} rounds (strict lists, studios, reserves; ties by lottery "
              "among them)", gains, "0", gains == 0 and tried > 100_000)


def show_checker(show):
    troupe_process.build("troupe-placement-check")
    checker = troupe_process.ROOT / "deploy" / "verify_placement.py"
    with troupe_process.temporary_folder() as folder:
        written = int(run("troupe-placement-check", f"--certificates={folder}/good",
                          f"--rounds={ROUNDS // 8}").split()[0])
        files = sorted(pathlib.Path(folder, "good").glob("*.json"))
        verified = 0
        for start in range(0, len(files), 500):
            done = subprocess.run([sys.executable, checker, *files[start:start + 500]],
                                  text=True, capture_output=True, check=False)
            verified += done.stdout.count(": verified")
        show.tell("2e", "certificates that the independent checker verifies",
                  f"{verified:,} of {written:,}", "all", verified == written, verified)
        listed = run("troupe-placement-check", f"--corruptions={folder}/bad", "--rounds=300")
        kinds = {}
        for line in listed.splitlines():
            path, kind = line.split("\t")
            done = subprocess.run([sys.executable, checker, path], text=True, capture_output=True,
                                  check=False)
            caught, of = kinds.get(kind, (0, 0))
            kinds[kind] = (caught + (done.returncode == 1), of + 1)
        caught = sum(c for c, _ in kinds.values())
        of = sum(n for _, n in kinds.values())
        show.tell("2f", f"corrupted certificates of {len(kinds)} kinds that it catches",
                  f"{caught} of {of}", "all, 10 kinds", caught == of and len(kinds) == 10)


def numbers(text, pattern):
    """Of the first line that matches."""
    return [float(number) for number in re.search(pattern, text).groups()]


def show_speed(show):
    troupe_process.build("troupe-placement-bench")
    large = run("troupe-placement-bench", "--graduates=1000000", "--programs=100000",
                "--seats=100000", "--choices=20", "--runs=5")
    small = run("troupe-placement-bench", "--graduates=52000", "--programs=2150", "--seats=43000",
                "--choices=15", "--runs=5", "--pairs=0.05")
    for letter, printed, what in (("a", large, "1,000,000 x 20, 100,000 programs"),
                                  ("b", small, "52,000 x 15, 43,000 seats")):
        unit = numbers(printed, r"textbook, looks places up +([\d.]+)")[0]
        placing, both = [numbers(printed, rf"looks places up / ours\n  placing ([\d.]+).*\n"
                                 r"  both +([\d.]+)")][0]
        beside = numbers(printed, r"beside wishes / ours\n  placing ([\d.]+)")[0]
        show.tell(f"4{letter}", f"{what}: as fast as a textbook deferred acceptance "
                  f"({unit:.0f} ns a proposal; {both:.1f} times from the lists on; {beside:.1f} "
                  "times one that has places beside wishes), median of 5 runs",
                  f"{placing:.1f} times", ">= 2", placing >= 2, placing)
    megabytes = numbers(large, r"at most ([\d.]+) MB")[0]
    show.tell("4c", "memory of the large round", f"{megabytes:,.0f} MB", "<= 1,500",
              megabytes <= 1500, megabytes)
    slower = numbers(small, r"linked / singles ([\d.]+)")[0]
    show.tell("4d", "52,000 with 5 % in pairs, of the singles' time", f"{slower:.1f} times",
              "<= 20", slower <= 20, slower)
