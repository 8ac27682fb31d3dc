"""Recall at 100 of the real director among all, by Troupe and by credit count."""
import collections
import csv
import gzip
import json

K = 100


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from file


def director_queries(path):
    """The queries for the role director of a file of the benchmark."""
    return [q for q in map(json.loads, lines(path)) if q["role"] == "director"]


def ad_hoc_opening(query):
    """What is known of the film, without the attached people, as an AdHocOpening."""
    labels = lambda entries: [{"id": f"tmdb:{e['id']}", "name": e["name"]} for e in entries]
    project = {
        "genres": labels(query["genres"]),
        "tags": labels(query["keywords"]),
        "companies": labels(query["companies"]),
        "countries": query["countries"],
        "original_language": query["language"] or "",
    }
    if (query["budget"] or 0) >= 1000:
        project["budget"] = {"currency_code": "USD", "units": str(query["budget"])}
    return {"project": project, "opening": {"role": "director"}}


def credit_counts(credits_csv, movies_csv, until):
    """Films directed before `until` by person, as the file has them."""
    csv.field_size_limit(1 << 30)
    released = {row["id"]: row["release_date"] for row in csv.DictReader(lines(movies_csv))}
    films = collections.Counter()
    for row in csv.DictReader(lines(credits_csv)):
        if not released[row["movie_id"]] or released[row["movie_id"]] >= until:
            continue
        films.update({c["id"] for c in json.loads(row["crew"]) if c["job"] == "Director"})
    return films


def recall(ranked, truth):
    return len(set(ranked[:K]) & set(truth)) / len(truth)


def by_credits(queries, films):
    """Mean recall of ranking everybody by films directed; ties by a hash of the id."""
    spread = lambda person: (person * 2654435761) % 2**32
    ranked = sorted(films, key=lambda person: (-films[person], spread(person)))
    return sum(recall(ranked, q["truth"]) for q in queries) / len(queries)


def by_troupe(server, queries, person_of):
    """Mean recall of FindProfiles with shipped defaults, as of the queries' day."""
    asked = "".join(json.dumps(ad_hoc_opening(q), ensure_ascii=False) + "\n" for q in queries)
    answers = server.json("find", "--ad-hoc", "-", "--top", K, "--as-of", queries[0]["as_of"],
                          stdin=asked)
    assert len(answers) == len(queries), f"{len(answers)} answers to {len(queries)} questions"
    total = 0.0
    for query, answer in zip(queries, answers):
        ranked = [person_of[match["profile"]] for match in answer.get("matches", [])]
        total += recall(ranked, query["truth"])
    return total / len(queries)


def people_by_name(server):
    """The source's person id of every director, by profile name."""
    return {p["name"]: int(p["external_id"]["id"])
            for p in server.json("list", "profiles", "--role", "director", "--limit", 1000000)}
