"""The real film careers: imported, and read as they are."""
import csv
import gzip
import json
import pathlib

from troupe_process import ROOT

# They name the director or point at the end of the credits.
LEAKY_KEYWORDS = (187056, 155167, 179430, 179431, 179435)
LEADING_PARTS = 5  # More are minor parts, which are no work as an actor yet.


def files(shared):
    return (shared / "data/tmdb/tmdb_movies_before_2014.csv.gz",
            shared / "data/tmdb/tmdb_credits_before_2014.csv.gz")


def import_films(server, shared, folder, until):
    """Imports the films before `until`, without keywords that give the answer away."""
    dropped = pathlib.Path(folder) / "keywords.txt"
    dropped.write_text("".join(f"{keyword}\n" for keyword in LEAKY_KEYWORDS), encoding="utf-8")
    server.run("import", *files(shared), "--format", "tmdb", "--findable", "yes", "--until", until,
               "--drop-keywords", dropped, check=False)


def lines(path):
    csv.field_size_limit(1 << 30)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def release_dates(shared):
    return {row["id"]: row["release_date"] for row in lines(files(shared)[0])}


def credits(shared):
    """Film, cast and crew of each film."""
    for row in lines(files(shared)[1]):
        yield row["movie_id"], json.loads(row["cast"]), json.loads(row["crew"])


def roles_by_job():
    with open(ROOT / "services/cli/data/tmdb_jobs.csv", encoding="utf-8") as file:
        return {row["job"]: row["role"] for row in csv.DictReader(file) if row["role"] != "other"}


def roles_of(cast, crew, by_job):
    """Every person of a film with a role there."""
    for part in cast:
        if part["order"] < LEADING_PARTS:
            yield part["id"], "actor"
    for part in crew:
        if part["job"] in by_job:
            yield part["id"], by_job[part["job"]]
