"""buf curl as a client of Troupe: it knows the API by the server's reflection only.

  client.py BUF SERVER

Creates, imports, finds, watches, reads a rich error; prints one line.
"""
import base64
import json
import os
import signal
import subprocess
import sys

CALLER = "troupe-organization: buf-crew"


def director(name, role="director"):
    return {"displayName": name, "findability": "FINDABILITY_FINDABLE",
            "roles": [{"role": role, "level": 4}]}


class Curl:
    """Calls of one server."""

    def __init__(self, buf, server):
        self.buf, self.server = buf, server

    def command(self, method, request):
        return [self.buf, "curl", "--protocol=grpc", "--http2-prior-knowledge",
                "--header", CALLER, "--reflect-header", CALLER, "--data", json.dumps(request),
                f"http://{self.server}/troupe.v1.{method}"]

    def run(self, method, request):
        return subprocess.run(self.command(method, request), text=True, capture_output=True,
                              check=False, timeout=60)

    def ask(self, method, request):
        done = self.run(method, request)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def watch(self, method):
        # npm's buf is a program that runs another one: both must end.
        return subprocess.Popen(self.command(method, {}), stdout=subprocess.PIPE,
                                start_new_session=True)


def documents(stream):
    """The JSON documents of a stream, as they come; no newline ends one."""
    decoder, text = json.JSONDecoder(), ""
    while more := os.read(stream.fileno(), 1 << 16):
        text = (text + more.decode()).lstrip()
        while text:
            try:
                document, end = decoder.raw_decode(text)
            except json.JSONDecodeError:
                break
            text = text[end:].lstrip()
            yield document


def rich_error(stderr):
    """The reason and the first bad field that an error carries."""
    reason, field = None, None
    for detail in json.loads(stderr)["details"]:
        value = base64.b64decode(detail["value"] + "==")
        shown = detail.get("debug", {})
        if detail["type"] == "google.rpc.ErrorInfo":
            reason = shown.get("reason") or value[2:2 + value[1]].decode()
        elif detail["type"] == "google.rpc.BadRequest":
            inner = value[2:] if value[1] < 128 else value[3:]
            field = (shown["fieldViolations"][0]["field"] if shown
                     else inner[2:2 + inner[1]].decode())
    return reason, field


def main(buf, server):
    curl = Curl(buf, server)
    watch = curl.watch("ProfileService/WatchProfiles")
    try:
        responses = documents(watch.stdout)
        assert "changes" not in next(responses)  # It has begun.

        ada = curl.ask("ProfileService/CreateProfile",
                       {"profile": director("Ada"), "requestId": "buf-1"})
        answer = curl.ask("ProfileService/ImportProfiles", {
            "requestId": "buf-2", "profiles": [director("Bo"), director("Cy")]})
        assert [r["outcome"] for r in answer["results"]] == ["IMPORT_OUTCOME_CREATED"] * 2
        made = {ada["name"], *(r["name"] for r in answer["results"])}

        found = curl.ask("MatchService/FindProfiles", {
            "adHoc": {"opening": {"role": "director"}}, "pageSize": 1000})
        assert made <= {m["profile"] for m in found["matches"]}

        watched = set()
        while not made <= watched:
            watched |= {c["profile"]["name"] for c in next(responses).get("changes", [])}
    finally:
        os.killpg(watch.pid, signal.SIGKILL)
        watch.wait()

    refused = curl.run("ProfileService/CreateProfile", {"profile": director("Di", "directr")})
    assert refused.returncode != 0
    reason, field = rich_error(refused.stderr)
    assert (reason, field) == ("INVALID_FIELD", "profile.roles[0].role"), refused.stderr
    print(f"buf: create, import, find, watch, rich error ok ({reason} {field})")


if __name__ == "__main__":
    main(*sys.argv[1:])
