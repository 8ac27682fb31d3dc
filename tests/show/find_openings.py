"""Line 8: FindOpenings at size, against a row scan. About a minute."""
import json
import subprocess

import troupe_process


def show_find_openings(show):
    """1 M seats in 60,000 openings, 200 profiles, top 20."""
    troupe_process.build("find_openings_bench")
    ran = subprocess.run([troupe_process.BIN / "find_openings_bench"], capture_output=True,
                         text=True, check=False)
    if not ran.stdout:
        raise RuntimeError(f"find_openings_bench ended with {ran.returncode}: {ran.stderr[-2000:]}")
    figures = json.loads(ran.stdout)
    show.tell("8a", f"FindOpenings over {figures['openings']:,} openings with "
              f"{figures['seats']:,} seats, {figures['engine_us']:.1f} us a question, against a row "
              f"scan on flat arrays, {figures['row_scan_us']:.1f} us "
              f"({figures['row_scan_ns_an_opening']:.1f} ns an opening, "
              f"{figures['scored_a_question']:.0f} scored)",
              f"{figures['ratio']:.1f} times as fast", ">= 30", figures["ratio"] >= 30, figures)
    show.tell("8b", f"questions of {figures['profiles_asking']} whose answer differs from the row "
              "scan's", figures["differing"], "0", figures["differing"] == 0)
    show.tell("8c", "draft, filled, closed, past and hidden openings among the "
              f"{figures['matches']:,} found", figures["forbidden"], "0",
              figures["forbidden"] == 0)
