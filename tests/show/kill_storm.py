"""Kills servers under load, and seeds the bugs that would lose what they acknowledged."""
import json
import subprocess

import seeded_bugs
from troupe_process import BIN, build, temporary_folder

KILLS = 200
STORMS = (("one process", 1, "1a 1b 1c 1d 1e 1f"), ("three processes", 3, "1g 1h 1i 1j 1k 1l"))
WRONGS = ("half_applied", "resurrected", "applied_twice", "disagreed", "stale", "refused")


def storm(show, processes):
    """The counts of a kill storm."""
    done = subprocess.run([BIN / "troupe-kill-storm", f"--kills={KILLS}",
                           f"--processes={processes}"],
                          text=True, capture_output=True, check=False)
    (show.logs / f"kill-storm-{processes}.json").write_text(done.stdout + done.stderr)
    return json.loads(done.stdout)


def show_storms(show):
    build("troupe-kill-storm", "troupe-server", "troupe-profiles", "troupe-projects",
          "troupe-matching")
    for where, processes, names in STORMS:
        lines = names.split()
        if not any(show.wants(line) for line in lines):
            continue
        counts = storm(show, processes)
        show.tell(lines[0], f"{where}: kill -9 under 8 clients, {counts['kills_at_start']} of them "
                  "at start-up", counts["kills"], f">= {KILLS}", counts["kills"] >= KILLS, counts)
        show.tell(lines[1], f"{where}: lost of {counts['acknowledged']:,} acknowledged writes",
                  counts["lost"], "0", counts["lost"] == 0 and counts["acknowledged"] > 0)
        for line, wrong in zip(lines[2:4], WRONGS):
            show.tell(line, f"{where}: {wrong.replace('_', '-')}, with {counts['doubts']:,} writes "
                      "in doubt", counts[wrong], "0", counts[wrong] == 0)
        others = sum(counts[wrong] for wrong in WRONGS[2:])
        show.tell(lines[4], f"{where}: equal digests of views made again from the log, after "
                  f"{counts['checks']} checks", counts["rebuilds"],
                  f">= {KILLS // 25}, nothing else wrong",
                  counts["rebuilds"] >= KILLS // 25 and others == 0 and not counts["findings"])
        show.tell(lines[5], f"{where}: from ack to a match that shows it, 99 % of "
                  f"{counts['fresh_writes']} writes under 8 clients (most "
                  f"{counts['fresh_most_ms']:.0f} ms)", f"{counts['fresh_p99_ms']:.1f} ms",
                  "<= 100 ms", counts["fresh_p99_ms"] <= 100, counts["fresh_p99_ms"])


def show_seeded_bugs(show):
    log = show.logs / "seeded-bugs.txt"
    log.write_text("")
    with temporary_folder() as folder:
        tree = seeded_bugs.copy_of_sources(folder)
        bugs = seeded_bugs.BUGS
        seeded_bugs.build_in(tree, sorted({bug.program for bug in bugs}), log)
        sound = {bug.name: seeded_bugs.check(tree, bug, log)[0] for bug in bugs}
        count = 0
        for bug in bugs:
            with seeded_bugs.seeded(tree, bug):
                seeded_bugs.build_in(tree, [bug.program], log)
                is_caught = seeded_bugs.caught(bug, *seeded_bugs.check(tree, bug, log))
            count += is_caught and sound[bug.name]
            show.tell("1m", f"seeded bug \"{bug.name}\", found by {bug.test}",
                      "caught" if is_caught and sound[bug.name] else "not caught" if
                      sound[bug.name] else "the test fails without it", "caught",
                      is_caught and sound[bug.name])
        show.tell("1n", "seeded bugs caught", f"{count} of {len(bugs)}", f"{len(bugs)} of "
                  f"{len(bugs)}", count == len(bugs), count)
