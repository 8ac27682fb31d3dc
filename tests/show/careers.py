"""Lines 1 and 5 of ranking: learned from film careers before 2012, asked about 2012 and 2013."""
import statistics
import time

import tmdb_market
import troupe_process

FREEZE = "2012-01-01"
SEEDS = (1, 2)
# NDCG@10 and R@50 of the reference model, less 0.01.
GOALS = {"cold": (0.225, 0.501), "warm": (0.406, 0.628), "warm-new": (0.288, 0.535)}
# NDCG@10 of equal weights, which the shipped ones are to beat.
EQUAL = {"cold": 0.168, "warm-new": 0.243}
# The features that look at no sparse thing: no word that is rare, no colleague.
DENSE = ("genres", "experience", "recency", "activity", "language", "country", "budget",
         "experience_any", "recency_any", "genre_share", "genre_mix")
COST_RUNS = 5


def queries(shared):
    return shared / "eval/queries_valid.jsonl.gz"


def measure(server, shared, regime, *flags):
    """NDCG@10 and R@50, the mean of the roles."""
    rows = server.json("evaluate", queries(shared), "--regime", regime, *flags)
    macro = next(row for row in rows if row["role"] == "macro")
    return macro["ndcg_at_10"], macro["recall_at_50"]


def learn(server, seed):
    """The name of a model learned with `seed`, and how long that took."""
    name = f"seed-{seed}"
    began = time.monotonic()
    server.json("learn", "--model", name, "--until", FREEZE, "--seed", seed)
    return f"scoringModels/{name}", time.monotonic() - began


def show_learned(show):
    troupe_process.build("troupe", "troupe-server")
    shared = troupe_process.shared_folder()
    with troupe_process.temporary_folder() as folder, \
            troupe_process.Server(f"{folder}/data") as server:
        tmdb_market.import_films(server, shared, folder, until=FREEZE)
        models, seconds = zip(*(learn(server, seed) for seed in SEEDS))
        for line, (regime, goals) in zip(("1a", "1b", "1c"), GOALS.items()):
            if not show.wants(line):
                continue
            found = [measure(server, shared, regime, "--model", model) for model in models]
            worst = [min(values) for values in zip(*found)]
            both = "; ".join(f"seed {seed}: {ndcg:.4f}/{recall:.4f}"
                             for seed, (ndcg, recall) in zip(SEEDS, found))
            show.tell(line, f"{regime.upper()}, NDCG@10/R@50 of the worse of two seeds ({both})",
                      f"{worst[0]:.4f}/{worst[1]:.4f}", f">= {goals[0]}/{goals[1]}",
                      all(value >= goal for value, goal in zip(worst, goals)), found)
        for line, (regime, goal) in zip(("1d", "1e"), EQUAL.items()):
            if not show.wants(line):
                continue
            ndcg, recall = measure(server, shared, regime)
            show.tell(line, f"{regime.upper()} with the shipped weights, set by hand: NDCG@10 "
                      f"(R@50 {recall:.4f})", f"{ndcg:.4f}", f"> {goal}", ndcg > goal, ndcg)
        show.tell("1f", "learning takes, the longer of two", f"{max(seconds):.0f} s", raw=seconds)


def equal(features):
    """The same weight for each, as an option's value."""
    share = 1_000_000 // len(features)
    weights = dict.fromkeys(features, share)
    weights[features[0]] += 1_000_000 - share * len(features)
    return ",".join(f"{feature}={weight}" for feature, weight in weights.items())


def times(server, shared, *flags):
    """Milliseconds of a question, one at a time: the median and the 99th of 100."""
    rows = server.json("evaluate", queries(shared), "--regime", "warm", "--in-flight", 1, *flags)
    return rows[-1]["median_ms"], rows[-1]["p99_ms"]


def show_cost(show):
    """The full learned model beside the dense features alone, in turns."""
    troupe_process.build("troupe", "troupe-server")
    shared = troupe_process.shared_folder()
    with troupe_process.temporary_folder() as folder, \
            troupe_process.Server(f"{folder}/data") as server:
        tmdb_market.import_films(server, shared, folder, until=FREEZE)
        model, _ = learn(server, 1)
        runs = [(times(server, shared, "--model", model),
                 times(server, shared, "--weights", equal(DENSE))) for _ in range(COST_RUNS)]
    for line, what, at in (("5a", "the median", 0), ("5b", "the 99th of 100", 1)):
        ratios = [full[at] / dense[at] for full, dense in runs]
        ratio = statistics.median(ratios)
        full, dense = (statistics.median(run[side][at] for run in runs) for side in (0, 1))
        show.tell(line, f"a warm question with the full learned model, {what}: {full:.1f} ms, "
                  f"against {dense:.1f} ms with dense features alone, median of {COST_RUNS} runs",
                  f"{ratio:.2f} times", "<= 3", ratio <= 3, ratios)
