"""Line 3: one person's ladder under concurrent clients, as if they asked one at a time."""
import json
import subprocess

from troupe_process import BIN, build

HISTORIES = 30
CLIENTS = 8


def show_linearizability(show):
    build("troupe-hold-linearizability", "troupe-server", "hold_linearizability_test")
    done = subprocess.run([BIN / "troupe-hold-linearizability", f"--histories={HISTORIES}",
                           f"--clients={CLIENTS}"], text=True, capture_output=True, check=False)
    (show.logs / "hold-linearizability.json").write_text(done.stdout + done.stderr)
    counts = json.loads(done.stdout)
    show.tell("3a", f"histories of {CLIENTS} clients on one person's ladder that an order explains "
              f"({counts['calls']:,} calls, {counts['overlapping']:,} at the same time as others, "
              f"{counts['refused']:,} refused)", f"{counts['linearizable']} of {HISTORIES}", "all",
              counts["linearizable"] == HISTORIES and counts["overlapping"] > 0, counts)
    checker = subprocess.run([BIN / "hold_linearizability_test",
                              "--gtest_filter=*Rejects*:*Corrupted*"],
                             text=True, capture_output=True, check=False)
    (show.logs / "hold-linearizability-checker.txt").write_text(checker.stdout + checker.stderr)
    caught = checker.stdout.count("[       OK ]")
    show.tell("3b", "wrong and corrupted histories that the checker rejects", caught, ">= 6",
              checker.returncode == 0 and caught >= 6)
