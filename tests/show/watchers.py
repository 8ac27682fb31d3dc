"""Line 6: watches that are idle or not read, beside writes and reads."""
import pathlib

import troupe_process
from hostile import figures_of
from troupe_process import BIN, Server

PATIENCE = 4
MOST_MIB_EACH = 1


def show_idle(show):
    """6a: 10 seconds."""
    troupe_process.build("troupe-server", "troupe-watchers")
    with troupe_process.temporary_folder() as folder, Server(pathlib.Path(folder) / "data") as server:
        found, complaints = figures_of([BIN / "troupe-watchers", "hold", server.address(), 10])
    show.tell("6a", "Gets that fail beside 64 idle watches and 64 appends in flight",
              f"{found['failed']} of {found['gets']:,}", "0 of > 100",
              found["failed"] == 0 and found["gets"] > 100 and found["watches"] == 64,
              raw=complaints or found["failed"])
    show.tell("6a", "such a Get takes", f"{found['p50_us'] / 1000:.1f} ms median, "
              f"{found['p99_us'] / 1000:.1f} ms at the 99th of 100", raw=found)
    show.tell("6a", "appends a second meanwhile, each answered",
              f"{found['written'] / 10:,.0f}", "none refused", found["refused"] == 0)


def show_slow(show):
    """6b 6c: a quarter of a minute."""
    troupe_process.build("troupe-server", "troupe-watchers")
    with troupe_process.temporary_folder() as folder, Server(
            pathlib.Path(folder) / "data", f"--stream_patience={PATIENCE}s") as server:
        found, complaints = figures_of([BIN / "troupe-watchers", "slow", server.address(),
                                        server.process.pid, PATIENCE])
    show.tell("6b", f"watches that read nothing, cut off as SLOW_READER after {PATIENCE} to "
              f"{2 * PATIENCE} s", f"{found['cut_off']} of {found['watches']}", "all",
              found["cut_off"] == found["watches"], raw=complaints or found)
    each = found["held_kb"] / 1024 / found["watches"]
    show.tell("6c", f"memory of each such watch, offered {found['offered_kb'] / 1024:.0f} MiB",
              f"{each:.2f} MiB", f"<= {MOST_MIB_EACH}", each <= MOST_MIB_EACH, raw=found)
