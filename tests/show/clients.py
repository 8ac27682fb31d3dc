"""Clients in other languages, generated from the protos."""
import subprocess

from troupe_process import ROOT, build

CLIENTS = ["python", "go", "node", "java", "buf"]


def show_clients(show):
    """Each client's own line; about 15 s once the tools are in build/clients, else 5 minutes."""
    build("troupe-server")
    done = subprocess.run([ROOT / "tests" / "clients" / "run"], text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    (show.logs / "clients.log").write_text(done.stdout, encoding="utf-8")
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines()
                if line.split(": ", 1)[0] in CLIENTS)
    for client in CLIENTS:
        figure = said.get(client, "nothing: see clients.log")
        ok = None if figure.startswith("skipped") else " ok" in figure
        show.tell("7", f"{client} client", figure, "all five steps", ok)
