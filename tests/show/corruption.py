"""Lines 2 and 3 of the foundation: power cuts and corruption; and how long a backup takes."""
import re
import subprocess
import time

import troupe_process
from troupe_process import build

CUTS = 100
CASES = 120
MINUTE = 60


def run(program, arguments, log):
    """Runs a program of ours; returns its exit code, its output and the seconds it took."""
    began = time.monotonic()
    done = subprocess.run([troupe_process.BIN / program, *arguments], text=True, check=False,
                          capture_output=True)
    log.write_text(done.stdout + done.stderr)
    return done.returncode, done.stdout, time.monotonic() - began


def show_power_cuts(show):
    """2. About a minute."""
    build("troupe-power-cuts")
    code, out, seconds = run("troupe-power-cuts", [f"--cuts={CUTS}"], show.logs / "power-cuts.txt")
    counts = {name: int(count) for name, count in re.findall(r"^([a-z ]+) (\d+)$", out, re.M)}
    violations = counts.get("violations", -1)
    show.tell("2a", f"{CUTS} power cuts under 4 clients, violations", violations, "0",
              code == 0 and violations == 0 and counts["cuts"] == CUTS, counts)
    show.tell("2b", "writes acknowledged before a cut, all found after it",
              counts.get("writes acknowledged"), raw=counts)
    show.tell("2c", "cuts while a log was being opened", counts.get("cuts while opening"))
    show.tell("2t", "time", f"{seconds / MINUTE:.1f} min", raw=seconds)


def show_corruption(show):
    """3. About two minutes. The table of cases goes to corruption.txt."""
    build("troupe-corruption")
    code, out, seconds = run("troupe-corruption", [], show.logs / "corruption.txt")
    sums = {}
    for name, rest in re.findall(r"^= ([\w ]+): (.*)$", out, re.M):
        sums[name] = {what: int(count) for what, count in re.findall(r"(\w+) (\d+)", rest)}
    for name in ("log", "live WAL", "torn tail", "view"):
        sums.setdefault(name, {"cases": 0, "refused": 0, "whole": 0, "unnamed": 1, "silent": 1})

    def told(counts):
        return (f"{counts['cases']} cases: {counts['refused']} refused by name, "
                f"{counts['whole']} whole, {counts['unnamed']} refused without the name, "
                f"{counts['silent']} silent")

    log = sums["log"]
    show.tell("3a", "WAL, SST, MANIFEST, CURRENT, OPTIONS, anchor, backup damaged", told(log),
              f">= {CASES} cases, 0 silent, 0 without the name",
              log["cases"] >= CASES and log["silent"] + log["unnamed"] == 0, log)
    wal = sums["live WAL"]
    show.tell("3b", "live WAL cut at 20 places, and deleted", told(wal), "each refused",
              wal["cases"] == 21 and wal["refused"] == 21, wal)
    torn = sums["torn tail"]
    show.tell("3c", "torn tail after the anchor", told(torn), "each opens whole",
              torn["cases"] > 0 and torn["whole"] == torn["cases"], torn)
    view = sums["view"]
    show.tell("3d", "SST, MANIFEST, CURRENT of the view damaged", told(view), "0 silent",
              view["silent"] + view["unnamed"] == 0, view)
    show.tell("3t", "time", f"{seconds / MINUTE:.1f} min", raw={"seconds": seconds, "exit": code})


def time_backup(server, backup_dir, restored):
    """Backs up `server`, which runs with --backup_dir=`backup_dir`, and restores that into
    `restored`, verified. Returns the seconds of both."""
    began = time.monotonic()
    server.run("backup", "create")
    created = time.monotonic()
    server.run("backup", "restore", backup_dir, restored)
    return created - began, time.monotonic() - created
