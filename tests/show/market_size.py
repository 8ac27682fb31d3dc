"""Line 4: a market of a million people: import, memory, restart, backup. About five minutes."""
import json
import pathlib
import subprocess
import threading
import time

import corruption
import troupe_process

PROFILES = 1_000_000


def resident_kib(process):
    """VmRSS of a process, in KiB."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise RuntimeError("no VmRSS")


class Peak:
    """The most memory that a process has while this is open, in KiB."""

    def __init__(self, process):
        self.process = process
        self.kib = 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def watch(self):
        while not self.ended.wait(0.2):
            self.kib = max(self.kib, resident_kib(self.process))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()


def resident_at_rest_kib(process):
    """VmRSS once it has not grown or shrunk by 1 % for ten seconds: segments of the pool
    are merged beside the log, now during an import and now right after it."""
    limit = time.monotonic() + 120
    since, steady = time.monotonic(), resident_kib(process)
    while time.monotonic() < min(since + 10, limit):
        time.sleep(0.5)
        now = resident_kib(process)
        if abs(now - steady) > steady / 100:
            since, steady = time.monotonic(), now
    return resident_kib(process)


def import_market(server, folder):
    """Imports it, with single writes before and after; what import_load prints."""
    port = server.port_file.read_text().strip()
    ran = subprocess.run(
        [troupe_process.BIN / "import_load", f"--server=127.0.0.1:{port}",
         f"--profiles={PROFILES}", "--streams=16", "--batch=500", "--in_flight=3",
         "--most_credits=1", f"--puts_dir={folder}/puts"],
        capture_output=True, text=True, check=False, timeout=900)
    if not ran.stdout:
        raise RuntimeError(f"import_load ended with {ran.returncode}: {ran.stderr[-2000:]}")
    return json.loads(ran.stdout)


def show_market_size(show):
    """Imports a million profiles through the API, and restarts the server."""
    troupe_process.build("troupe-server", "troupe", "import_load")
    with troupe_process.temporary_folder() as folder:
        backups = pathlib.Path(folder) / "backups"
        with troupe_process.Server(pathlib.Path(folder) / "data",
                                   f"--backup_dir={backups}") as server:
            empty = resident_kib(server.process)
            with Peak(server.process) as peak:
                figures = import_market(server, folder)
            at_peak = (peak.kib - empty) * 1024 / PROFILES
            resident = (resident_at_rest_kib(server.process) - empty) * 1024 / PROFILES
            pool = int(server.json("stats")[0]["pool_bytes"]) / PROFILES
            server.stop()
            server.start()
            restart = server.seconds_to_serve
            kept = int(server.json("stats")[0]["profiles"])
            backup, restore = corruption.time_backup(server, backups,
                                                     pathlib.Path(folder) / "restored")
    # The better of both: the server still merges and compacts beside the latter.
    puts = max(figures["puts_before_per_second"], figures["puts_after_per_second"])
    ratio = figures["per_second"] / puts
    show.tell("4a", f"profiles acknowledged a second, of {figures['acknowledged']:,} of "
              f"{figures['mean_bytes']:.0f} bytes encoded on average, from 16 streams with "
              "messages of 500", f"{figures['per_second']:,.0f}", ">= 15,000",
              figures["per_second"] >= 15_000, figures)
    show.tell("4b", f"as many as one writer puts with an fsync each ({puts:,.0f} a second)",
              f"{ratio:.1f} times", ">= 4", ratio >= 4, ratio)
    show.tell("4c", "memory of the server a profile, less that of an empty one, at rest",
              f"{resident:.0f} bytes", "<= 800", resident <= 800, resident)
    show.tell("4c", "at the most while they were imported and segments merged",
              f"{at_peak:.0f} bytes", raw=at_peak)
    show.tell("4d", "of which the pool counts", f"{pool:.0f} bytes", "<= 400", pool <= 400, pool)
    show.tell("4e", f"seconds from start to serving {kept:,} profiles", f"{restart:.1f}",
              "<= 20", restart <= 20 and kept == PROFILES, restart)
    show.tell("4f", f"seconds of a backup ({backup:.1f}) and its verified restore ({restore:.1f})",
              f"{backup + restore:.1f}", "<= 60", backup + restore <= 60, [backup, restore])
