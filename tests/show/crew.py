"""Confirms crews while servers are killed at every step of the confirmation."""
import json
import subprocess

from troupe_process import BIN, build

PEOPLE = 40
STORMS = (("one process", 1, "4a 4b 4c 4d"), ("three processes", 3, "4e 4f 4g 4h"))
WRONGS = ("lost", "half_applied", "resurrected", "applied_twice", "disagreed", "stale", "refused")
# Every step at which a confirmation can be stopped, whichever process it is of.
STEPS = {
    "confirmation checked", "project described", "seats described", "intent to be written",
    "intent written", "intents written", "decision to be asked for", "decision asked for",
    "decision written", "decision known", "resolution to be written", "resolution written",
    "confirmation resolved", "booking cancelled", "seat to be vacated", "vacating asked for",
    "seat vacated", "seat known to be vacated", "vacated seat noted"}


def storm(show, processes):
    """The counts of a storm."""
    done = subprocess.run([BIN / "troupe-crew-storm", f"--people={PEOPLE}",
                           f"--processes={processes}"],
                          text=True, capture_output=True, check=False)
    (show.logs / f"crew-storm-{processes}.json").write_text(done.stdout + done.stderr)
    return json.loads(done.stdout)


def show_crews(show):
    build("troupe-crew-storm")
    for where, processes, names in STORMS:
        lines = names.split()
        if not any(show.wants(line) for line in lines):
            continue
        counts = storm(show, processes)
        kills = counts["kills"] + counts["kills_of_other"]
        steps = counts["steps"] + counts["cancel_steps"]
        least = steps * (1 if processes == 1 else 2)
        show.tell(lines[0], f"{where}: kill -9 of each process at every one of the "
                  f"{counts['steps']} steps of ConfirmCrew of {PEOPLE}, and the "
                  f"{counts['cancel_steps']} of CancelBooking", kills, f">= {least - 4}",
                  kills >= least - 4, counts)
        hit = STEPS & set(counts["kills_at"])
        show.tell(lines[1], f"{where}: kinds of steps hit", f"{len(hit)} of {len(STEPS)}",
                  "all", hit == STEPS, sorted(hit))
        wrongs = sum(counts[wrong] for wrong in WRONGS)
        show.tell(lines[2], f"{where}: crews half booked, seats or days that disagree, answers "
                  f"that were not kept ({counts['booked']} crews booked, {counts['refused_crews']} "
                  "refused and then booked)", wrongs, "0",
                  wrongs == 0 and not counts["findings"] and counts["refused_crews"] > 0)
        show.tell(lines[3], f"{where}: people named, with options, to a second crew that wants 5 "
                  "of the same", counts["second_crew"], "5", counts["second_crew"] == 5)
