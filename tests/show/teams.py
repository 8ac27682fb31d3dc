"""Line 2 of ranking: who was on a film's team, by its genres alone, and by one member."""
import collections
import datetime
import gzip
import json
import math
import pathlib
import random

import troupe_process

SEEDS = range(5)
TRAIN_SHARE = 0.85
QUESTIONS = 1_000  # Of the test teams of a split, drawn by its seed.
ROLE = "actor"  # The data say no roles.
FIRST, LAST = datetime.date(1990, 1, 1), datetime.date(2009, 12, 31)  # The years are empty.
SMOOTHING = 2
RESAMPLES = 500
# Members have no roles, so that what is learned from who was engaged before whom
# does not hold here; chosen on a split of another seed.
WARM_WEIGHTS = {"collaboration": 250_000, "loyalty": 250_000, "closeness": 150_000,
                "colleagues": 100_000, "similar_work": 100_000, "genre_share": 100_000,
                "experience": 50_000}


def read_teams(shared):
    with gzip.open(shared / "data/opentf/teams_train.tsv.gz", "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            number, _, _, genres, members = line.rstrip("\n").split("\t")
            yield number, genres.split("|") if genres else [], [int(m) for m in members.split("|")]


def split(teams, seed):
    """Those to learn from and those to ask about."""
    dice = random.Random(seed)
    shuffled = sorted(teams)
    dice.shuffle(shuffled)
    cut = int(len(shuffled) * TRAIN_SHARE)
    return shuffled[:cut], dice.sample(shuffled[cut:], QUESTIONS), dice


def profiles(train, numbers, dice):
    """A profile a member, with a credit a team, on a day drawn for the team."""
    credits = collections.defaultdict(list)
    for number, genres, members in train:
        day = FIRST + datetime.timedelta(days=dice.randrange((LAST - FIRST).days))
        for member in members:
            credits[member].append(
                {"production": f"opentf:{number}", "role": ROLE,
                 "date": {"year": day.year, "month": day.month, "day": day.day},
                 "genres": [{"id": f"tmdb:{numbers[g]}", "name": g} for g in genres]})
    for member, own in sorted(credits.items()):
        yield {"external_id": {"source": "tmdb", "id": str(member)},
               "display_name": f"Member {member}", "findability": "FINDABILITY_FINDABLE",
               "roles": [{"role": ROLE, "level": 3}], "credits": own}


def query(team, numbers, known, attached):
    number, genres, members = team
    return {"qid": f"opentf-{number}-{ROLE}", "movie_id": int(number), "title": "", "role": ROLE,
            "date": "2010-01-01", "as_of": "2010-01-01",
            "genres": [{"id": numbers[g], "name": g} for g in genres], "keywords": [],
            "language": "", "countries": [], "companies": [], "budget": 0, "budget_bucket": 0,
            "attached": {ROLE: attached} if attached else {},
            "truth": [m for m in members if m in known and m not in attached],
            "truth_not_in_pool": []}


def naive_bayes(train):
    """Ranks people by how often, and in which genres, they worked."""
    films, in_genre, of_genre = collections.Counter(), collections.Counter(), collections.Counter()
    for _, genres, members in train:
        of_genre.update(genres)
        for member in members:
            films[member] += 1
            in_genre.update((member, genre) for genre in genres)
    everybody = sorted(films)

    def rank(genres, left_out):
        def score(member):
            return math.log(films[member] + 0.5) + sum(
                math.log((in_genre[member, g] + SMOOTHING * of_genre[g] / len(train) + 1e-9) /
                         (films[member] + SMOOTHING)) for g in genres)
        people = [m for m in everybody if m not in left_out]
        return sorted(people, key=lambda m: (-score(m), m * 2654435761 % 2**32))

    return rank, everybody


def ndcg(ranked, truth):
    gain = sum(1 / math.log2(place + 2) for place, m in enumerate(ranked[:10]) if m in truth)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(10, len(truth))))


def precision_at_2(ranked, truth):
    return sum(m in truth for m in ranked[:2]) / 2


def auc(ranked, truth, people):
    """Who is not listed shares the last places."""
    places = {m: place for place, m in enumerate(ranked)}
    middle = (len(ranked) + people - 1) / 2
    worse = sum(people - 1 - places.get(m, middle) for m in truth)
    pairs = len(truth) * (len(truth) - 1) / 2  # Above each other.
    return (worse - pairs) / (len(truth) * (people - len(truth)))


def interval(differences, seed=7):
    """The middle 95 of 100 means of resampled questions."""
    dice = random.Random(seed)
    means = sorted(sum(dice.choices(differences, k=len(differences))) / len(differences)
                   for _ in range(RESAMPLES))
    return means[len(means) * 25 // 1000], means[len(means) * 975 // 1000]


class Tally:
    """What one way of asking scored, question by question."""

    def __init__(self):
        self.ours, self.bayes, self.precision, self.auc = [], [], [], []

    def add(self, ranked, by_bayes, truth, people):
        truth = set(truth)
        self.ours.append(ndcg(ranked, truth))
        self.bayes.append(ndcg(by_bayes, truth))
        self.precision.append(precision_at_2(ranked, truth))
        self.auc.append(auc(ranked, truth, people))

    def mean(self, values):
        return sum(values) / len(values)


def ask(server, folder, queries, pool, regime, *flags):
    """Who is ranked, by query."""
    path = pathlib.Path(folder) / "queries_opentf.jsonl"
    path.write_text("".join(json.dumps(q) + "\n" for q in queries), encoding="utf-8")
    (path.parent / "pool_opentf.json").write_text(json.dumps({ROLE: pool}), encoding="utf-8")
    run = path.parent / f"{regime}.jsonl"
    server.run("evaluate", path, "--regime", regime, *flags, "--run", run)
    with run.open(encoding="utf-8") as file:
        return {entry["qid"]: entry["ranked"] for entry in map(json.loads, file)}


def one_split(shared, seed, cold, warm):
    teams = list(read_teams(shared))
    numbers = {g: n + 1 for n, g in enumerate(sorted({g for _, gs, _ in teams for g in gs}))}
    train, test, dice = split(teams, seed)
    bayes, pool = naive_bayes(train)
    known = set(pool)
    with troupe_process.temporary_folder() as folder, \
            troupe_process.Server(f"{folder}/data") as server:
        people = pathlib.Path(folder) / "people.jsonl"
        people.write_text("".join(json.dumps(p) + "\n" for p in profiles(train, numbers, dice)),
                          encoding="utf-8")
        server.run("import", people, "--format", "jsonl", "--kind", "profiles")
        server.run("learn", "--model", "teams", "--until", "2010-01-01", "--seed", seed)
        for regime, tally in (("cold", cold), ("warm", warm)):
            queries = {}
            for team in test:
                members = [m for m in team[2] if m in known]
                attached = [dice.choice(members)] if regime == "warm" and members else []
                made = query(team, numbers, known, attached)
                if made["truth"] and (attached or regime == "cold"):
                    queries[made["qid"]] = (made, team)
            ranked = ask(server, folder, [q for q, _ in queries.values()], pool, regime,
                         *(["--model", "teams"] if regime == "cold" else
                           ["--weights", ",".join(f"{f}={w}" for f, w in WARM_WEIGHTS.items())]))
            for qid, (made, team) in queries.items():
                left_out = set(made["attached"].get(ROLE, []))
                ours = [m for m in ranked[qid] if m not in left_out]
                tally.add(ours, bayes(team[1], left_out), made["truth"],
                          len(pool) - len(left_out))


def show_teams(show):
    troupe_process.build("troupe", "troupe-server")
    cold, warm = Tally(), Tally()
    for seed in SEEDS:
        one_split(troupe_process.shared_folder(), seed, cold, warm)
    for lines, name, tally, goal in ((("2a", "2b", "2c"), "by genres alone", cold, 1.1),
                                     (("2d", "2e", "2f"), "with one member known", warm, 4)):
        ours, bayes = tally.mean(tally.ours), tally.mean(tally.bayes)
        low, high = interval([a - b for a, b in zip(tally.ours, tally.bayes)])
        show.tell(lines[0], f"mean NDCG@10 of {len(tally.ours):,} teams of {len(SEEDS)} splits, "
                  f"{name}: {ours:.4f}, genre naive Bayes {bayes:.4f}", f"{ours / bayes:.2f} times",
                  f">= {goal}", ours >= goal * bayes, {"ours": ours, "bayes": bayes})
        show.tell(lines[1], "of the difference, question by question, 95 % resampled",
                  f"{low:.4f} to {high:.4f}", "above 0", low > 0, [low, high])
        show.tell(lines[2], "P@2, and AUC with who is not listed sharing the last places",
                  f"{tally.mean(tally.precision):.4f}, {tally.mean(tally.auc):.4f}")
