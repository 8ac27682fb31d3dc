"""Line 2: operations on holds while servers are killed and time passes."""
import json
import os
import subprocess

from troupe_process import BIN, build

# Of each storm: calls that change something, which took effect or were refused with
# a proper reason. What a shorter storm finds is told, and is short of the goal.
GOAL = 500_000
OPERATIONS = int(os.environ.get("TROUPE_HOLD_OPERATIONS", GOAL))
KILLS = 60
LIMIT_SECONDS = max(1800, OPERATIONS // 200)
STORMS = (("one process", 1, "2a 2b 2c 2d 2e 2f 2g"),
          ("three processes", 3, "2h 2i 2j 2k 2l 2m 2n"))
# Counted by the storm, each with what it means.
WRONGS = (("double_booked", "person and day booked twice"),
          ("seat_twice", "seats filled twice, or without their booking, of {booked:,} booked"),
          ("lost_promotion", "promotions lost, of {log_promotions:,}, and gaps in ladders"),
          ("skipped_queue", "queues skipped, in {log_confirmations:,} confirmations"))
OTHERS = ("lost", "half_applied", "resurrected", "applied_twice", "stale", "refused")


def storm(show, processes):
    """The counts of a storm."""
    done = subprocess.run([BIN / "troupe-hold-storm", f"--operations={OPERATIONS}",
                           f"--kills={KILLS}", f"--processes={processes}",
                           f"--limit={LIMIT_SECONDS}s"],
                          text=True, capture_output=True, check=False)
    (show.logs / f"hold-storm-{processes}.json").write_text(done.stdout + done.stderr)
    return json.loads(done.stdout)


def show_storms(show):
    build("troupe-hold-storm")
    for where, processes, names in STORMS:
        lines = names.split()
        if not any(show.wants(line) for line in lines):
            continue
        counts = storm(show, processes)
        counts["booked"] = counts["events"].get("booked", 0)
        refused = counts["operations"] - counts["acknowledged"]
        show.tell(lines[0], f"{where}: calls that change holds, {counts['acknowledged']:,} of which "
                  f"took effect and {refused:,} were refused with a proper reason (not among them: "
                  f"{counts['reads']:,} reads), under {counts['kills']} kill -9, "
                  f"{counts['kills_at_start']} more at start-up, and {counts['clock_hours']:,} hours "
                  f"of their clock, in {counts['seconds']:.0f} s", counts["operations"],
                  f">= {GOAL:,} and {KILLS} kills",
                  counts["operations"] >= GOAL and counts["kills"] >= KILLS, counts)
        for line, (wrong, what) in zip(lines[1:5], WRONGS):
            show.tell(line, f"{where}: {what.format(**counts)}", counts[wrong], "0",
                      counts[wrong] == 0 and counts["booked"] > 0)
        show.tell(lines[5], f"{where}: acknowledged and lost, done twice by one of "
                  f"{counts['repeats'] + counts['doubts']:,} retries, overdue, or refused without "
                  "reason", sum(counts[wrong] for wrong in OTHERS), "0",
                  not any(counts[wrong] for wrong in OTHERS))
        show.tell(lines[6], f"{where}: bases of the log that are not the base before and the "
                  f"{counts['log_records']:,} records after it, and calendars that are not those of "
                  f"their holds ({counts['log_bases']} bases equal)", counts["disagreed"], "0",
                  counts["disagreed"] == 0 and counts["log_bases"] > 0)
