"""Line 6 of ranking: questions spread over people who fit alike; places for newcomers."""
import collections
import itertools
import math
import pathlib

import troupe_process

PROFILES, PROJECTS, SEED = 20_000, 400, 7
OPENINGS = 300
TOP = 20
TOLERANCE = 50_000  # A twentieth of the most there is.
NEWCOMERS = 5


def scores(matches):
    return [int(match["score_millionths"]) for match in matches]


def dcg(gains):
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def open_openings(server):
    for project in server.json("list", "projects", "--limit", 100_000):
        for opening in project.get("openings", []):
            if opening.get("state") == "STATE_OPEN":
                yield opening["name"], opening["role"]


def newcomers_in(matches):
    return sum(int(m["profile_summary"].get("role_credits", 0)) == 0 for m in matches)


def show_exposure(show):
    troupe_process.build("troupe", "troupe-server")
    with troupe_process.temporary_folder() as folder, \
            troupe_process.Server(f"{folder}/data") as server:
        server.run("generate", "--profiles", PROFILES, "--projects", PROJECTS, "--seed", SEED)
        find = lambda opening, *flags: server.json("find", opening, *flags)[0]
        plain, spread = set(), collections.Counter()
        contacts = pathlib.Path(folder) / "contacts.txt"
        kept, asked, wrong, placed = 0.0, 0, 0, 0
        for opening, _ in itertools.islice(open_openings(server), OPENINGS):
            by_score = find(opening, "--top", TOP).get("matches", [])
            if len(by_score) < TOP:
                continue
            contacts.write_text("".join(f"{p} {n}\n" for p, n in spread.most_common(10_000)),
                                encoding="utf-8")
            by_spread = find(opening, "--top", TOP, "--spread", TOLERANCE, "--contacts",
                             contacts)["matches"]
            asked += 1
            plain.update(match["profile"] for match in by_score)
            spread.update(match["profile"] for match in by_spread)
            kept += dcg(scores(by_spread)) / dcg(scores(by_score))
            everybody = find(opening, "--top", 1000)["matches"]
            with_places = find(opening, "--top", TOP, "--newcomers", NEWCOMERS)
            there = newcomers_in(by_score)
            expected = max(there, min(NEWCOMERS, newcomers_in(everybody)))
            told = len(with_places.get("for_newcomers", []))
            wrong += (newcomers_in(with_places["matches"]) != expected
                      or told != expected - there)
            placed += told
    more = len(spread) / len(plain) - 1
    loss = 1 - kept / asked
    show.tell("6a", f"people with a contact, of {asked} openings' {TOP} best in a generated market "
              f"of {PROFILES:,} people: {len(spread):,} instead of {len(plain):,}, so more",
              f"{more:.1%}", ">= 8 %", more >= 0.08, more)
    show.tell("6b", "loss of NDCG by that, gains being scores", f"{loss:.2%}", "<= 1 %",
              loss <= 0.01, loss)
    show.tell("6c", f"openings whose {NEWCOMERS} places for newcomers are not honoured exactly "
              f"({placed} placed)", wrong, "0", wrong == 0 and placed > 0)
