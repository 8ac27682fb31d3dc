"""Line 7: what deploy/demo shows of holds."""
import os
import pathlib
import subprocess

from troupe_process import BIN, ROOT, Server, build, temporary_folder

# What is shown, and a text that says so.
SHOWN = (("a hold", "second option on"), ("an acceptance", "accepted profiles/"),
         ("a challenge", "those above must confirm or release until"),
         ("a promotion", "moved up to first option"),
         ("a confirmed crew", "confirmed a crew of 2"))


def show_demo(show):
    build("troupe", "troupe-server")
    with temporary_folder() as name, Server(pathlib.Path(name) / "data") as server:
        done = subprocess.run([ROOT / "deploy" / "demo_holds", BIN / "troupe"], text=True,
                              capture_output=True, check=False,
                              env={**os.environ, "TROUPE_SERVER": server.address()})
    (show.logs / "hold-demo.txt").write_text(done.stdout + done.stderr)
    shown = [what for what, text in SHOWN if text in done.stdout]
    show.tell("7", f"shown by deploy/demo: {', '.join(shown)}", f"{len(shown)} of {len(SHOWN)}",
              "all", done.returncode == 0 and len(shown) == len(SHOWN), shown)
