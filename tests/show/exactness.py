"""Line 4 of ranking: the engine against the oracle, with every feature. Some ten minutes."""
import re
import subprocess

import troupe_process

QUESTIONS = 50_000
TWINS = 10_000


def show_exactness(show):
    troupe_process.build("troupe-exactness")
    ran = subprocess.run(
        [troupe_process.BIN / "troupe-exactness", "--profiles=200", "--projects=60",
         f"--questions={QUESTIONS}", "--markets=50", "--update_every=10", f"--twins={TWINS}",
         "--seed=5"], capture_output=True, text=True, check=False)
    (show.logs / "exactness.txt").write_text(ran.stdout + ran.stderr, encoding="utf-8")
    counts = {name.strip(): int(count)
              for name, count in re.findall(r"^(\D+?)\s+(\d+)$", ran.stdout, re.MULTILINE)}
    if "differences" not in counts:
        raise RuntimeError(f"troupe-exactness ended with {ran.returncode}: {ran.stderr[-2000:]}")
    asked = min(counts["questions for profiles"], counts["questions for openings"])
    show.tell("4a", f"random questions in each direction, with {counts['updates between them']:,} "
              "updates between them", f"{asked:,}", f">= {QUESTIONS:,}", asked >= QUESTIONS, counts)
    show.tell("4b", f"answers, values and scores that differ from the oracle's, of "
              f"{counts['pairs scored']:,} pairs, and of {counts['asked with a twin']:,} questions "
              f"asked again with a twin ({counts['twins in the answer']:,} in the answer)",
              counts["differences"], "0", counts["differences"] == 0)
    show.tell("4c", "twins that differ in gender, playing age and height only",
              f"{counts['asked with a twin']:,}", f">= {TWINS:,}",
              counts["asked with a twin"] >= TWINS)
