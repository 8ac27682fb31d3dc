"""Line 5: malformed requests, and connections that break the protocol."""
import contextlib
import pathlib
import socket
import struct
import subprocess
import threading

import troupe_process
from troupe_process import BIN, Server

STREAMS = 5_000
TWO_GIB = (1 << 31) - 1
ATTACKERS = 1  # Four of them stop a server on 2 cores: gRPC cannot refuse streams cheaply.
SECONDS = 10


def figures_of(command):
    """The lines "name number" that `command` prints, and what it complains of."""
    done = subprocess.run(list(map(str, command)), text=True, capture_output=True, check=True,
                          timeout=280)
    found = {name: int(number) for name, number in
             (line.split() for line in done.stdout.splitlines())}
    return found, [line for line in done.stderr.splitlines() if "libprotobuf" not in line]


def resident_kb(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0])


def show_malformed(show):
    """5a 5b: half a minute."""
    troupe_process.build("troupe-server", "troupe-hostile")
    with troupe_process.temporary_folder() as folder, Server(pathlib.Path(folder) / "data") as server:
        found, complaints = figures_of([BIN / "troupe-hostile", "attack", server.address(),
                                        server.process.pid])
    (show.logs / "hostile.txt").write_text("\n".join(complaints) + "\n", encoding="utf-8")
    show.tell("5a", "malformed requests, a fault in each field of each RPC", found["attacks"],
              ">= 200", found["attacks"] >= 200)
    show.tell("5a", "answered otherwise than documented", found["wrong"], "0",
              found["wrong"] == 0)
    grown = (found["second_kb"] - found["first_kb"]) / 1024
    show.tell("5b", "memory after 20,000 of them above that after 2,000",
              f"{grown:.1f} MiB", "<= 8", grown <= 8, raw=grown)


def frame(kind, flags, stream, payload=b""):
    """A frame of HTTP/2."""
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def headers(path):
    """The headers of a call, in HPACK without compression."""
    def literal(text):
        return bytes([len(text)]) + text.encode()
    fields = [(":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "x"),
              ("content-type", "application/grpc"), ("te", "trailers"),
              ("troupe-organization", "hostile")]
    return b"".join(b"\x00" + literal(name) + literal(value) for name, value in fields)


def attack(address, stop, frames):
    """Sends what `frames` yields on one connection after another, and reads little."""
    host, port = address.rsplit(":", 1)
    while not stop.is_set():
        with contextlib.suppress(OSError), socket.create_connection((host, int(port)), 5) as link:
            link.settimeout(0.5)
            link.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0))
            for data in frames():
                link.sendall(data)
                if stop.is_set():
                    return
            with contextlib.suppress(TimeoutError):
                link.recv(65536)
            stop.wait(0.5)  # Keeps what it has taken for a while.


def huge_message():
    """A call whose message says that it has 2 GiB, and goes on sending it."""
    yield frame(1, 4, 1, headers("/troupe.v1.ProfileService/CreateProfile"))
    yield frame(0, 0, 1, b"\x00" + struct.pack(">I", TWO_GIB) + bytes(10_000))
    for _ in range(100):
        yield frame(0, 0, 1, bytes(16_000))


def many_streams():
    """Calls that never say anything, and heed no limit of the server's."""
    opened = headers("/troupe.v1.ProfileService/ImportProfiles")
    for i in range(STREAMS):
        yield frame(1, 4, 2 * i + 1, opened)


def served_under(server, frames):
    """How many in a thousand of a good client's questions are answered meanwhile."""
    stop = threading.Event()
    attackers = [threading.Thread(target=attack, args=(server.address(), stop, frames))
                 for _ in range(ATTACKERS)]
    for thread in attackers:
        thread.start()
    found, _ = figures_of([BIN / "troupe-hostile", "ask", server.address(), SECONDS])
    stop.set()
    for thread in attackers:
        thread.join()
    return found


def show_connections(show):
    """5c 5d: half a minute."""
    troupe_process.build("troupe-server", "troupe-hostile")
    with troupe_process.temporary_folder() as folder, Server(pathlib.Path(folder) / "data") as server:
        calm, _ = figures_of([BIN / "troupe-hostile", "ask", server.address(), 3])
        before = resident_kb(server.process.pid)
        for line, what, frames in (("5c", "messages that say they have 2 GiB", huge_message),
                                   ("5d", f"{STREAMS:,} streams on a connection", many_streams)):
            found = served_under(server, frames)
            share = found["answered"] / found["asked"]
            show.tell(line, f"a good client is served beside one that sends {what}",
                      f"{share:.2%} of {found['asked']:,}", ">= 99 %", share >= 0.99, raw=share)
        grown = (resident_kb(server.process.pid) - before) / 1024
        show.tell("5d", "memory that these leave behind", f"{grown:.1f} MiB", raw=grown)
        show.tell("5d", "questions a second of the good client when it is alone",
                  f"{calm['asked'] / 3:.0f}")
