"""Lines 5 and 6 of placement: rounds through the server."""
import csv
import json
import pathlib
import random
import signal
import subprocess
import sys
import time

import troupe_process

PEOPLE, PROGRAMS, PROJECTS = 20_000, 3_000, 1_500
ASKED = 200      # Graduates whose derived list is compared with FindOpenings.
KILLS = 12
CHECKER = troupe_process.ROOT / "deploy" / "verify_placement.py"


def write(path, heading, rows):
    """A CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)


def write_market_round(server, folder, people, programs):
    """Files of a round of the market's people and openings. Returns their names."""
    profiles = [person["name"] for person in
                server.json("list", "profiles", f"--limit={people}")]
    openings = []
    for project in server.json("list", "projects", f"--limit={PROJECTS}"):
        openings += [opening for opening in project.get("openings", [])
                     if opening.get("state") == "STATE_OPEN"]
    openings = openings[:programs]
    write(folder / "g.csv", ["id", "profile"],
          [[f"g{i:05}", name] for i, name in enumerate(profiles)])
    write(folder / "p.csv", ["id", "capacity", "openings"],
          [[f"p{i:04}", opening.get("headcount", 1), opening["name"]]
           for i, opening in enumerate(openings)])
    return profiles, [opening["name"] for opening in openings]


def run_round(server, folder, name, *options, check=True):
    """`troupe placement run` on the files in `folder`."""
    return server.run("placement", "run", f"--graduates={folder}/g.csv",
                      f"--programs={folder}/p.csv", "--mechanism=graduates-propose", "--seed=1",
                      f"--id={name}", *options, check=check)


def show_derived(show):
    troupe_process.build("troupe", "troupe-server")
    with troupe_process.temporary_folder() as name, \
            troupe_process.Server(f"{name}/data") as server:
        folder = pathlib.Path(name)
        server.run("generate", f"--profiles={PEOPLE}", f"--projects={PROJECTS}", "--seed=7")
        profiles, openings = write_market_round(server, folder, PEOPLE, PROGRAMS)
        began = time.monotonic()
        run_round(server, folder, "derived", "--derive=both",
                  f"--certificate={folder}/certificate.json")
        seconds = time.monotonic() - began
        result = server.json("placement", "list")[0]["result"]
        show.tell("5a", f"graduates x openings whose lists came through the scoring engine, "
                  f"{result['placed']:,} placed, in {seconds:.0f} s with the import",
                  f"{result['derived_wishes']:,}"
                  f" x {len(openings):,}", f"{PEOPLE:,} x {PROGRAMS:,}",
                  len(profiles) == PEOPLE and len(openings) == PROGRAMS)
        certificate = json.loads((folder / "certificate.json").read_text())
        differing, compared = compare_lists(server, certificate, profiles, openings)
        show.tell("5b", f"of {compared:,} entries of {ASKED} graduates' lists, those that "
                  "FindOpenings ranks otherwise", differing, "0", differing == 0 and compared > 300)
        checked = subprocess.run([sys.executable, CHECKER, folder / "certificate.json"],
                                 text=True, capture_output=True, check=False)
        show.tell("5c", "its certificate, by the independent checker",
                  checked.stdout.strip().rsplit(": ", 1)[-1], "verified", checked.returncode == 0)


def compare_lists(server, certificate, profiles, openings):
    """Entries that are elsewhere in what FindOpenings answers, of how many."""
    number = {row["id"]: i for i, row in enumerate(certificate["instance"]["programs"])}
    wanted = set(openings)
    rows = certificate["instance"]["graduates"]
    differing = compared = 0
    for i in random.Random(1).sample(range(len(rows)), ASKED):
        graduate = int(rows[i]["id"].split("/")[-1][1:])
        derived = [openings[number[tier[0]]] for tier in rows[i]["wishes"]]
        answer = server.json("openings", profiles[graduate], "--top=1000")[0]
        found = [(match.get("opening"), int(match.get("score_millionths", 0)))
                 for match in answer.get("matches", []) if match.get("opening") in wanted]
        # Openings of equal scores are ordered by id there, and by row here.
        score = dict(found)
        for position, opening in enumerate(derived):
            if position >= len(found):
                break  # Beyond the 1,000 best of the whole market.
            compared += 1
            differing += score.get(opening) != found[position][1]
    return differing, compared


def show_demo(show):
    done = subprocess.run([troupe_process.ROOT / "deploy" / "demo"], text=True,
                          capture_output=True, check=False)
    (show.logs / "placement-demo.txt").write_text(done.stdout + done.stderr)
    wanted = {"a round": "of 24 graduates", "verified": "keeps its mechanism's promise",
              "verified by others": "certificate.json: verified",
              "why somebody is left over": "What it would rather have",
              "mechanisms compared": "Mechanisms on the same input",
              "its report": "placement.html",
              "derived lists": "lists of 90 graduates"}
    shown = [what for what, text in wanted.items() if text in done.stdout]
    show.tell("5d", f"shown by deploy/demo: {', '.join(shown)}", f"{len(shown)} of {len(wanted)}",
              "all", done.returncode == 0 and len(shown) == len(wanted))


GOOD_GRADUATES = [["a", "", "p>q"], ["b", "", "q"], ["c", "", "p"], ["d", "", "q>p"]]
GOOD_PROGRAMS = [["p", "1", "east", "a>c>d"], ["q", "2", "west", "b>a>d"]]


def malformed():
    """Faulty rounds: what is wrong, rows, options, and where the error must be."""
    def graduates(row):
        return GOOD_GRADUATES + [row]

    yield "duplicate graduate", graduates(["a", "", "q"]), GOOD_PROGRAMS, [], "g.csv:6:id"
    yield "unknown program", graduates(["e", "", "r"]), GOOD_PROGRAMS, [], "g.csv:6:wishes"
    yield "program twice", graduates(["e", "", "p>p"]), GOOD_PROGRAMS, [], "g.csv:6:wishes"
    yield "id that is none", graduates(["e e", "", "p"]), GOOD_PROGRAMS, [], "g.csv:6:id"
    yield "profile that is none", graduates(["e", "7", "p"]), GOOD_PROGRAMS, [], "g.csv:6:profile"
    yield "capacity 0", GOOD_GRADUATES, [["p", "0", "", "a"], GOOD_PROGRAMS[1]], [], "p.csv:2:capacity"
    yield "capacity negative", GOOD_GRADUATES, [["p", "-3", "", "a"], GOOD_PROGRAMS[1]], [], \
        "p.csv:2:capacity"
    yield "capacity that is no number", GOOD_GRADUATES, [["p", "x", "", "a"], GOOD_PROGRAMS[1]], [], \
        "p.csv:2:capacity"
    yield "unknown graduate in priorities", GOOD_GRADUATES, \
        [["p", "1", "", "z"], GOOD_PROGRAMS[1]], [], "p.csv:2:priorities"
    yield "program id twice", GOOD_GRADUATES, GOOD_PROGRAMS + [["p", "1", "", "a"]], [], "p.csv:4:id"
    yield "self-pair", GOOD_GRADUATES, GOOD_PROGRAMS, \
        [("pairs", ["first", "second", "wishes"], [["a", "a", "p+q"]])], "x.csv:2:second"
    yield "pair ranking different programs", GOOD_GRADUATES, GOOD_PROGRAMS, \
        [("pairs", ["first", "second", "wishes", "together"], [["a", "d", "p+q", "program"]])], \
        "x.csv:2"
    yield "somebody in two pairs", GOOD_GRADUATES, GOOD_PROGRAMS, \
        [("pairs", ["first", "second", "together"], [["a", "d", "city"], ["a", "b", "city"]])], \
        "x.csv:3:first"
    yield "floor above the cap", GOOD_GRADUATES, GOOD_PROGRAMS, \
        [("regions", ["id", "floor", "cap"], [["east", "2", "1"]])], "x.csv:2:floor"
    yield "floors above all graduates", GOOD_GRADUATES, \
        [["p", "9", "east", "a"], ["q", "9", "west", "b"]], \
        [("regions", ["id", "floor", "cap"], [["east", "4", ""], ["west", "4", ""]])], "x.csv"
    yield "more reserved than there are", GOOD_GRADUATES, GOOD_PROGRAMS, \
        [("reserves", ["program", "group", "seats"], [["p", "local", "5"]])], "x.csv:2:seats"


MECHANISMS = {"pairs": "linked-pairs", "regions": "floors", "reserves": "reserves"}


def show_malformed(show):
    troupe_process.build("troupe", "troupe-server")
    cases = refused = 0
    missed = []
    with troupe_process.temporary_folder() as name, \
            troupe_process.Server(f"{name}/data") as server:
        folder = pathlib.Path(name)
        for what, graduates, programs, more, where in malformed():
            cases += 1
            write(folder / "g.csv", ["id", "profile", "wishes"], graduates)
            write(folder / "p.csv", ["id", "capacity", "region", "priorities"], programs)
            options, mechanism = [], "graduates-propose"
            for kind, heading, rows in more:
                write(folder / "x.csv", heading, rows)
                options.append(f"--{kind}={folder}/x.csv")
                mechanism = MECHANISMS[kind]
            done = server.run("placement", "run", f"--graduates={folder}/g.csv",
                              f"--programs={folder}/p.csv", f"--mechanism={mechanism}", "--seed=1",
                              "--id=bad", *options, check=False)
            said = [line for line in done.stderr.splitlines() if where in line]
            # "what is wrong: the fix"
            if done.returncode != 0 and any(": " in line.split(where, 1)[1] for line in said):
                refused += 1
            else:
                missed.append(f"{what} ({done.stderr.strip()[:200]})")
        stored = len(server.json("placement", "list"))
    show.tell("6a", f"malformed rounds refused with row and fix{'; missed: ' if missed else ''}"
              f"{'; '.join(missed)}", f"{refused} of {cases}", "all", refused == cases)
    show.tell("6b", "rounds that they left behind", stored, "0", stored == 0)


def active_holds(server, openings):
    """How many holds stand for the projects of these openings."""
    projects = sorted({name.split("/openings/")[0] for name in openings})
    return sum(len(server.json("hold", "list", project, "--limit=1000", "--state=offered",
                               "--state=accepted")) for project in projects)


def operation_ended(server, name):
    """The newest operation of the round, once it has ended."""
    for _ in range(600):
        newest = server.json("placement", "operations", name)[0]
        if newest["state"] != "STATE_RUNNING":
            return newest
        time.sleep(0.1)
    raise RuntimeError("an operation does not end")


def show_broken_off(show):
    """Rounds that are published are killed, or cancelled, in the middle."""
    troupe_process.build("troupe", "troupe-server")
    dice = random.Random(3)
    half = ended = cancelled = 0
    with troupe_process.temporary_folder() as name, \
            troupe_process.Server(f"{name}/data") as server:
        folder = pathlib.Path(name)
        server.run("generate", "--profiles=3000", "--projects=150", "--seed=7")
        _, openings = write_market_round(server, folder, 3000, 10**6)
        openings = startable(server, openings)[:300]
        write(folder / "p.csv", ["id", "capacity", "openings"],
              [[f"p{i:04}", 1, opening] for i, opening in enumerate(openings)])
        for trial in range(KILLS):
            before = active_holds(server, openings)
            run_round(server, folder, f"r{trial}", "--derive=both")
            round_ = next(r for r in server.json("placement", "list")
                          if r["external_id"]["id"] == f"r{trial}")
            publish = subprocess.Popen(
                [troupe_process.BIN / "troupe", f"--server={server.address()}", "placement",
                 "publish", round_["name"]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(dice.uniform(0, 0.25))
            if trial % 3 == 2:
                subprocess.run([troupe_process.BIN / "troupe", f"--server={server.address()}",
                                "placement", "cancel", round_["name"] + "/operations/2"],
                               check=False, capture_output=True)
            else:
                server.process.send_signal(signal.SIGKILL)
                server.process.wait()
                server.process = None
                server.start()
            publish.wait()
            newest = operation_ended(server, round_["name"])
            added = active_holds(server, openings) - before
            placed = round_["result"]["placed"]
            ended += 1
            cancelled += newest["state"] == "STATE_CANCELLED"
            if added not in (0, placed):
                half += 1
            release_all(server, openings)
    show.tell("6c", f"rounds of some 200 placements that were killed or cancelled while they were "
              f"published ({cancelled} ended cancelled)", ended, f">= {KILLS}", ended >= KILLS)
    show.tell("6d", "of them left half-published, once their operation had ended", half, "0",
              half == 0)


def startable(server, openings):
    """Openings whose days have not begun: others cannot be held."""
    wanted = set(openings)
    today = time.strftime("%Y-%m-%d")
    startable_ = []
    for project in server.json("list", "projects", f"--limit={PROJECTS}"):
        for opening in project.get("openings", []):
            start = opening.get("window", {}).get("dates", {}).get("start", {})
            day = f"{start.get('year', 0):04}-{start.get('month', 0):02}-{start.get('day', 0):02}"
            if opening["name"] in wanted and day > today:
                startable_.append(opening["name"])
    return startable_


def release_all(server, openings):
    """So that the next trial finds people free."""
    for project in sorted({name.split("/openings/")[0] for name in openings}):
        for hold in server.json("hold", "list", project, "--limit=1000", "--state=offered",
                                "--state=accepted"):
            server.run("hold", "release", hold["name"])
