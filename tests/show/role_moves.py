"""Line 3 of ranking: careers before 2008 foretell the role moves of 2008-2011."""
import bisect
import collections
import math

import tmdb_market
import troupe_process

UNTIL, LIMIT = "2008-01-01", "2012-01-01"


def first_days(shared, roles_by_job):
    """Of every person, the first day in each role, by the files."""
    released = tmdb_market.release_dates(shared)
    first = collections.defaultdict(dict)
    for film, cast, crew in tmdb_market.credits(shared):
        day = released.get(film)
        if not day:
            continue
        for person, role in tmdb_market.roles_of(cast, crew, roles_by_job):
            known = first[person].get(role)
            first[person][role] = day if known is None else min(known, day)
    return first


def moves(first):
    """Who had worked before UNTIL, and came into a role before LIMIT: (roles held, roles new)."""
    for roles in first.values():
        held = {role for role, day in roles.items() if day < UNTIL}
        new = {role for role, day in roles.items() if UNTIL <= day < LIMIT}
        if held and new:
            yield held, new


def either(chances):
    """How likely somebody comes into a role who has worked in all of some, by chance a pair."""
    return lambda held, role: 1 - math.prod(1 - chances.get((of, role), 0) for of in held)


def judge(score, people, roles):
    """Over all people and all roles that they do not hold: AUC; share of moves among the top 3."""
    moved, stayed, hits, count = [], [], 0, 0
    for held, new in people:
        scores = {role: score(held, role) for role in roles if role not in held}
        top = sorted(scores, key=lambda role: (-scores[role], role))[:3]
        hits += len(new.intersection(top))
        count += len(new)
        for role, value in scores.items():
            (moved if role in new else stayed).append(value)
    stayed.sort()
    below = sum((bisect.bisect_left(stayed, v) + bisect.bisect_right(stayed, v)) / 2
                for v in moved)
    return below / len(stayed) / len(moved), hits / count


def show_role_moves(show):
    troupe_process.build("troupe", "troupe-server")
    shared = troupe_process.shared_folder()
    with troupe_process.temporary_folder() as folder, \
            troupe_process.Server(f"{folder}/data") as server:
        tmdb_market.import_films(server, shared, folder, until=LIMIT)
        roles = [role["id"] for role in server.json("roles")]

        def chances(*flags):
            return {(of, step["role"]): int(step["chance_millionths"]) / 1e6
                    for of in roles
                    for step in server.json("roles", "adjacency", of, "--top", 100,
                                            *flags)[0].get("steps", [])}

        learned = either(chances("--until", UNTIL))
        shipped = either(chances("--shipped"))
    people = list(moves(first_days(shared, tmdb_market.roles_by_job())))
    holders = collections.Counter(role for held, _ in people for role in held)
    popular = lambda held, role: holders[role]
    (auc, top), (shipped_auc, shipped_top), (popular_auc, popular_top) = (
        judge(score, people, roles) for score in (learned, shipped, popular))
    show.tell("3a", f"AUC of {sum(len(new) for _, new in people):,} role moves of 2008-2011, "
              "learned from careers before 2008, against overall popularity's "
              f"{popular_auc:.3f}", f"{auc:.3f}", "> that", auc > popular_auc, auc)
    show.tell("3b", f"against the shipped default's {shipped_auc:.3f}", f"{auc:.3f}", "> that",
              auc > shipped_auc, shipped_auc)
    show.tell("3c", "moves among the three likeliest roles, against overall popularity's "
              f"{popular_top:.3f}", f"{top:.3f}", "> that", top > popular_top, top)
    show.tell("3d", f"against the shipped default's {shipped_top:.3f}", f"{top:.3f}", "> that",
              top > shipped_top, shipped_top)
