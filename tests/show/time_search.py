"""Line 5: search by time at size, against a scan of intervals. About fifteen minutes."""
import json
import subprocess

import troupe_process


def show_time_search(show):
    """1 M profiles with half-full calendars, 100,000 questions, four lengths of window."""
    troupe_process.build("troupe-time-search")
    ran = subprocess.run([troupe_process.BIN / "troupe-time-search"], capture_output=True,
                         text=True, check=False)
    if not ran.stdout:
        raise RuntimeError(f"troupe-time-search ended with {ran.returncode}: {ran.stderr[-2000:]}")
    figures = json.loads(ran.stdout)
    asked = (f"of {figures['questions']:,} questions over {figures['profiles']:,} profiles "
             f"({figures['busy_share']:.0%} of their days busy), {figures['pairs']:,} pairs, "
             f"{figures['with_travel']:,} with days of travel")
    show.tell("5a", f"false free {asked}", figures["false_free"], "0",
              figures["false_free"] == 0, figures)
    show.tell("5b", f"missed, {figures['free_pairs']:,} free", figures["missed"], "0",
              figures["missed"] == 0)
    show.tell("5c", f"whole queries of {figures['whole_queries']} whose total differs",
              figures["whole_differences"], "0", figures["whole_differences"] == 0)
    for times in figures["windows"]:
        show.tell("5d", f"windows of {times['days']} days, {times['candidates']:,} candidates: "
                  f"{times['window_ns']:.1f} ns a profile for the window test, "
                  f"{times['query_ns']:.1f} ns for the whole query",
                  f"{times['ratio']:.3f} of it", "<= 0.25", times["ratio"] <= 0.25)
