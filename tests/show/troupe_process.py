"""Runs a troupe-server of its own and the command line against it, for shows."""
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = ROOT / "build" / "release" / "bin"


def build(*targets):
    """Configures the release preset and builds `targets`; all of it if none."""
    subprocess.run(["cmake", "--preset", "release"], cwd=ROOT, check=True,
                   stdout=subprocess.DEVNULL)
    command = ["cmake", "--build", "--preset", "release"]
    if targets:
        command += ["--target", *targets]
    subprocess.run([*command, "--", "--quiet"], cwd=ROOT, check=True)


def shared_folder():
    """The folder with the real data, from TROUPE_SHARED or beside the project."""
    return pathlib.Path(os.environ.get("TROUPE_SHARED", ROOT.parent / "shared"))


class Server:
    """A troupe-server on 127.0.0.1, port 0, in a folder of its own, with `flags` besides."""

    def __init__(self, data_dir, *flags):
        self.flags = flags
        self.data_dir = pathlib.Path(data_dir)
        self.port_file = self.data_dir.with_name(self.data_dir.name + ".port")
        self.log_file = self.data_dir.with_name(self.data_dir.name + ".log")
        self.process = None
        self.seconds_to_serve = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """Starts it and returns once it is ready; keeps how long that took."""
        self.port_file.unlink(missing_ok=True)
        began = time.monotonic()
        with self.log_file.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [BIN / "troupe-server", f"--data_dir={self.data_dir}", "--listen=127.0.0.1:0",
                 f"--port_file={self.port_file}", "--log_level=warning", *self.flags],
                stderr=log)
        while not self.port_file.exists():
            if self.process.poll() is not None:
                raise RuntimeError(f"troupe-server ended with {self.process.returncode}: "
                                   f"{self.log_file.read_text()[-2000:]}")
            time.sleep(0.005)
        self.seconds_to_serve = time.monotonic() - began

    def stop(self):
        """Ends it with SIGTERM and waits until it has drained."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=60)
            self.process = None

    def address(self):
        """Where it listens, HOST:PORT."""
        return f"127.0.0.1:{self.port_file.read_text().strip()}"

    def run(self, *arguments, stdin=None, check=True):
        """Runs `troupe` against it and returns the finished process."""
        command = [BIN / "troupe", f"--server={self.address()}",
                   *map(str, arguments)]
        done = subprocess.run(command, input=stdin, text=True, capture_output=True, check=False,
                              cwd=self.data_dir.parent)
        if check and done.returncode != 0:
            raise RuntimeError(f"troupe {arguments} ended with {done.returncode}: "
                               f"{done.stderr[-2000:]}")
        return done

    def json(self, *arguments, stdin=None):
        """The JSON documents that `troupe --json` prints, one a line."""
        out = self.run("--json", *arguments, stdin=stdin).stdout
        return [json.loads(line) for line in out.splitlines() if line.strip()]


def temporary_folder():
    """A folder that ends with the show; on the disk, as the data would be."""
    return tempfile.TemporaryDirectory(prefix="troupe-show-")
