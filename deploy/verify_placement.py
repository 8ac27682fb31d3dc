#!/usr/bin/env python3
"""Checks placement certificates, as deploy/docs/placement.md describes them. It needs nothing but them.

    verify_placement.py CERTIFICATE.json ...

Ends with 0 if every promise of every certificate is kept; 1 if not, with a line for each that is broken;
2 if a certificate cannot be read.
"""
import itertools
import json
import sys

FORMAT = "troupe-placement/1"
MOST_PLACEMENTS = 20_000  # That are looked at to check two thirds.


class Unreadable(Exception):
    """The file is no certificate of the format."""


def need(condition, what):
    if not condition:
        raise Unreadable(what)


# The lottery.

def mix(value):
    value = (value + 0x9E3779B97F4A7C15) % 2**64
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    value = (value ^ value >> 27) * 0x94D049BB133111EB % 2**64
    return value ^ value >> 31


def draw(seed, name):
    fnv = 0xCBF29CE484222325
    for byte in name.encode():
        fnv = (fnv ^ byte) * 0x100000001B3 % 2**64
    return mix(mix(seed) ^ fnv)


# Reading.

def rows_by_id(rows, what):
    need(isinstance(rows, list) and all(isinstance(row, dict) for row in rows), f"{what} is no list of rows")
    by_id = {}
    for row in rows:
        need(isinstance(row.get("id"), str) and row["id"] not in by_id, f"{what}: an id is missing or double")
        by_id[row["id"]] = row
    return by_id


def count_of(row, field, least, what):
    value = row.get(field)
    need(type(value) is int and value >= least, f"{what}.{field} is not a number of at least {least}")
    return value


class Ranking:
    """One list: the rank of each entry, 0 the best. `tickets` gives the draw that breaks ties; None leaves them."""

    def __init__(self, groups, known, what, tickets):
        need(isinstance(groups, list) and all(isinstance(group, list) for group in groups), f"{what}: no list of ties")
        self.order = []
        self.rank = {}
        for number, group in enumerate(group for group in groups if group):
            need(all(isinstance(entry, str) and entry in known for entry in group), f"{what} names no row")
            for entry in sorted(group, key=tickets) if tickets and len(group) > 1 else group:
                need(entry not in self.rank, f"{what} names a row twice")
                self.rank[entry] = len(self.order) if tickets else number
                self.order.append(entry)

    def __contains__(self, entry):
        return entry in self.rank


class Round:
    """The instance of a certificate, ties broken unless its mechanism leaves them."""

    def __init__(self, instance, seed, keep_ties):
        def tickets(entry):
            return draw(seed, entry), entry.encode()
        order = None if keep_ties else tickets
        self.graduates = rows_by_id(instance.get("graduates"), "graduates")
        self.programs = rows_by_id(instance.get("programs"), "programs")
        self.studios = rows_by_id(instance.get("studios", []), "studios")
        self.regions = rows_by_id(instance.get("regions", []), "regions")
        self.groups = rows_by_id(instance.get("groups", []), "groups")
        self.reserves = instance.get("reserves", [])
        self.pairs = instance.get("pairs", [])
        self.wishes = {g: Ranking(row.get("wishes"), self.programs, f"graduate {g}", order)
                       for g, row in self.graduates.items()}
        self.own_ranking = {p: Ranking(row.get("priorities"), self.graduates, f"program {p}", order)
                            for p, row in self.programs.items()}
        self.studio_ranking = {s: Ranking(row.get("priorities"), self.graduates, f"studio {s}", order)
                               for s, row in self.studios.items()}
        self.capacity = {p: count_of(row, "capacity", 1, p) for p, row in self.programs.items()}
        self.studio_capacity = {s: count_of(row, "capacity", 1, s) for s, row in self.studios.items()}
        self.floor = {r: count_of(row, "floor", 0, r) for r, row in self.regions.items()}
        self.cap = {r: count_of(row, "cap", 0, r) if "cap" in row else None for r, row in self.regions.items()}
        for row in self.programs.values():
            need(row.get("studio") is None or row["studio"] in self.studios, "a program's studio is no row")
            need(row.get("region") is None or row["region"] in self.regions, "a program's region is no row")
        self.members = {}
        for name, row in self.groups.items():
            need(isinstance(row.get("members"), list), f"group {name} has no members")
            self.members[name] = set(row["members"])
        self.read_reserves()
        self.read_pairs()

    def read_reserves(self):
        need(isinstance(self.reserves, list), "reserves is no list")
        for reserve in self.reserves:
            need(isinstance(reserve, dict) and reserve.get("program") in self.programs, "a reserve's program is no row")
            need(reserve.get("group") in self.groups, "a reserve's group is no row")
            count_of(reserve, "seats", 1, "reserve")
            need(type(reserve.get("before_open")) is bool and type(reserve.get("reverts")) is bool,
                 "a reserve does not say when it is filled and whether it reverts")

    def read_pairs(self):
        need(isinstance(self.pairs, list), "pairs is no list")
        self.paired = {}
        for pair in self.pairs:
            need(isinstance(pair, dict) and isinstance(pair.get("wishes"), list), "a pair has no wishes")
            for member in (pair.get("first"), pair.get("second")):
                need(member in self.graduates and member not in self.paired, "a pair's member is no row or in two pairs")
                self.paired[member] = pair
            for wish in pair["wishes"]:
                need(isinstance(wish, list) and len(wish) == 2 and all(p in self.programs for p in wish),
                     "a pair's wish is not two programs")

    def studio(self, program):
        return self.programs[program].get("studio")

    def region(self, program):
        return self.programs[program].get("region")

    def ranking(self, program):
        studio = self.studio(program)
        return self.own_ranking[program] if studio is None else self.studio_ranking[studio]

    def rank(self, program, graduate):
        return self.ranking(program).rank[graduate]

    def acceptable(self, graduate, program):
        if graduate not in self.ranking(program):
            return False
        if graduate not in self.paired:
            return program in self.wishes[graduate]
        pair = self.paired[graduate]
        side = 0 if graduate == pair["first"] else 1
        return any(wish[side] == program for wish in pair["wishes"])

    def preferred(self, graduate, matching):
        """The programs that the graduate prefers to where it is."""
        wishes = self.wishes[graduate]
        own = matching[graduate]
        limit = wishes.rank[own] if own in wishes else len(wishes.order)
        return [p for p in wishes.order if wishes.rank[p] < limit and self.acceptable(graduate, p)]

    def taken(self, matching):
        taken = {p: [] for p in self.programs}
        for graduate, program in matching.items():
            if program is not None:
                taken[program].append(graduate)
        return {p: sorted(there, key=lambda g: self.rank(p, g)) for p, there in taken.items()}

    def seats(self, program, graduates):
        """Who sits where if the program chooses among `graduates`: the reserve's number or "open", by graduate."""
        own = [(i, r) for i, r in enumerate(self.reserves) if r["program"] == program]
        open_seats = self.capacity[program] - sum(r["seats"] for _, r in own)
        order = [entry for entry in own if entry[1]["before_open"]]
        order.append(("open", {"seats": open_seats, "reverts": True, "group": None}))
        order += [entry for entry in own if not entry[1]["before_open"]]
        left = sorted(graduates, key=lambda g: self.rank(program, g))
        seats = {}
        for name, reserve in order:
            members = [g for g in left if g in self.members.get(reserve["group"], ())]
            others = [g for g in left if g not in members] if reserve["reverts"] else []
            for graduate in (members + others)[:reserve["seats"]]:
                seats[graduate] = name
                left.remove(graduate)
        return seats

    def above_some(self, graduate, program, there):
        return any(self.rank(program, graduate) < self.rank(program, other) for other in there)


# What is feasible, and what blocks. Each yields lines that say what is wrong.

def infeasible(round_, matching):
    for graduate, program in matching.items():
        if program is not None and not round_.acceptable(graduate, program):
            yield f"unacceptable: graduate {graduate} at program {program}"
            return  # What follows looks ranks up.
    taken = round_.taken(matching)
    for program, there in taken.items():
        if len(there) > round_.capacity[program]:
            yield f"program_overfull: {program} has {len(there)} of {round_.capacity[program]}"
    for studio, capacity in round_.studio_capacity.items():
        there = sum(len(taken[p]) for p in taken if round_.studio(p) == studio)
        if there > capacity:
            yield f"studio_overfull: {studio} has {there} of {capacity}"
    for region in round_.regions:
        there = sum(len(taken[p]) for p in taken if round_.region(p) == region)
        if round_.cap[region] is not None and there > round_.cap[region]:
            yield f"region_above_cap: {region} has {there} of {round_.cap[region]}"
        if there < round_.floor[region]:
            yield f"region_below_floor: {region} has {there} of {round_.floor[region]}"
    for program, there in taken.items():
        if round_.reserves and len(round_.seats(program, there)) < len(there):
            yield f"reserve_misfilled: {program}"
    for number, pair in enumerate(round_.pairs):
        own = [matching[pair["first"]], matching[pair["second"]]]
        if own != [None, None] and own not in pair["wishes"]:
            yield f"split_pair: {number}"


def blocking(round_, matching, would_take, kind="blocking"):
    """All that prefer a program which would take them: as entries of `breaches`."""
    taken = round_.taken(matching)
    return [{"kind": kind, "graduate": graduate, "program": program}
            for graduate in round_.graduates if graduate not in round_.paired
            for program in round_.preferred(graduate, matching)
            if would_take(graduate, program, taken)]


def has_seat(round_, program, taken):
    return len(taken[program]) < round_.capacity[program]


def classic(round_, matching):
    return blocking(round_, matching, lambda g, p, taken:
                    has_seat(round_, p, taken) or round_.above_some(g, p, taken[p]))


def with_studios(round_, matching):
    of_studio = {studio: set() for studio in round_.studios}
    worst = {studio: -1 for studio in round_.studios}
    for graduate, own in matching.items():
        if own is not None and round_.studio(own) is not None:
            of_studio[round_.studio(own)].add(graduate)
            worst[round_.studio(own)] = max(worst[round_.studio(own)], round_.rank(own, graduate))

    def would_take(graduate, program, taken):
        studio = round_.studio(program)
        if studio is None or not has_seat(round_, program, taken):
            return has_seat(round_, program, taken) or round_.above_some(graduate, program, taken[program])
        if len(of_studio[studio]) < round_.studio_capacity[studio]:
            return True
        return graduate in of_studio[studio] or round_.rank(program, graduate) < worst[studio]
    return blocking(round_, matching, would_take)


def with_reserves(round_, matching):
    return blocking(round_, matching, lambda g, p, taken: g in round_.seats(p, taken[p] + [g]))


def targets(round_):
    target = dict(round_.capacity)
    for region, cap in round_.cap.items():
        programs = [p for p in round_.programs if round_.region(p) == region]
        together = sum(round_.capacity[p] for p in programs)
        if cap is None or cap >= together:
            continue
        for program in programs:
            target[program] = cap * round_.capacity[program] // together
        left = cap - sum(target[p] for p in programs)
        for program in [p for p in programs if target[p] < round_.capacity[p]][:left]:
            target[program] += 1
    return target


def under_caps(round_, matching):
    target = targets(round_)
    in_region = {region: 0 for region in round_.regions}
    for program in matching.values():
        if program is not None and round_.region(program) is not None:
            in_region[round_.region(program)] += 1

    def would_take(graduate, program, taken):
        above = round_.above_some(graduate, program, taken[program])
        if not above and not has_seat(round_, program, taken):
            return False
        region = round_.region(program)
        if above or region is None or round_.cap[region] is None:
            return True
        if in_region[region] < round_.cap[region]:
            return True
        own = matching[graduate]
        if own is None or round_.region(own) != region:
            return False
        return len(taken[program]) + 1 - target[program] <= len(taken[own]) - 1 - target[own]
    return blocking(round_, matching, would_take)


def envy(round_, matching):
    return blocking(round_, matching, lambda g, p, taken: round_.above_some(g, p, taken[p]), "envy")


def with_pairs(round_, matching):
    found = classic(round_, matching)
    taken = round_.taken(matching)
    for number, pair in enumerate(round_.pairs):
        members = (pair["first"], pair["second"])
        for wish_number, wish in enumerate(pair["wishes"]):
            if wish == [matching[m] for m in members]:
                break
            if all(takes_members(round_, program, members, wish, taken) for program in wish):
                found.append({"kind": "blocking_pair", "pair": number, "wish": wish_number})
    return found


def takes_members(round_, program, members, wish, taken):
    coming = [m for m, p in zip(members, wish) if p == program]
    asking = [g for g in taken[program] if g not in members] + coming
    chosen = sorted(asking, key=lambda g: round_.rank(program, g))[:round_.capacity[program]]
    return all(member in chosen for member in coming)


# The placements that are promised, computed anew.

def graduates_ask(round_, lets_go):
    """Graduates go down their lists. lets_go(taken, program) is whom a program that has one more lets go, or None."""
    lists = {g: iter([p for p in round_.wishes[g].order if round_.acceptable(g, p)]) for g in round_.graduates}
    taken = {p: [] for p in round_.programs}
    matching = {g: None for g in round_.graduates}
    free = list(round_.graduates)
    while free:
        graduate = free.pop()
        program = next(lists[graduate], None)
        if program is None:
            continue
        matching[graduate] = program
        taken[program].append(graduate)
        out = lets_go(taken, program)
        if out is not None:
            taken[matching[out]].remove(out)
            matching[out] = None
            free.append(out)
    return matching


def best_classic(round_):
    def lets_go(taken, program):
        if len(taken[program]) <= round_.capacity[program]:
            return None
        return max(taken[program], key=lambda g: round_.rank(program, g))
    return graduates_ask(round_, lets_go)


def best_with_studios(round_):
    programs = {studio: [p for p in round_.programs if round_.studio(p) == studio] for studio in round_.studios}

    def lets_go(taken, program):
        there = taken[program]
        if len(there) <= round_.capacity[program]:
            studio = round_.studio(program)
            if studio is None:
                return None
            there = [g for p in programs[studio] for g in taken[p]]
            if len(there) <= round_.studio_capacity[studio]:
                return None
        return max(there, key=lambda g: round_.rank(program, g))
    return graduates_ask(round_, lets_go)


def best_with_reserves(round_):
    def lets_go(taken, program):
        seats = round_.seats(program, taken[program])
        return next((g for g in taken[program] if g not in seats), None)
    return graduates_ask(round_, lets_go)


def worst_classic(round_):
    """Programs go down their lists as long as they have seats."""
    offers = {p: iter(round_.ranking(p).order) for p in round_.programs}
    seats = dict(round_.capacity)
    matching = {g: None for g in round_.graduates}
    with_seats = list(round_.programs)
    while with_seats:
        program = with_seats[-1]
        graduate = next(offers[program], None) if seats[program] else None
        if graduate is None:
            with_seats.pop()
        elif round_.acceptable(graduate, program) and program in round_.preferred(graduate, matching):
            left = matching[graduate]
            matching[graduate] = program
            seats[program] -= 1
            if left is not None:
                seats[left] += 1
                with_seats.append(left)
    return matching


def at(matching, programs):
    return [g for g, p in matching.items() if p in programs]


def all_placements(round_):
    """Every feasible placement, or None if there are too many to look at."""
    options = [[None] + [p for p in round_.wishes[g].order if round_.acceptable(g, p)] for g in round_.graduates]
    count = 1
    for option in options:
        count *= len(option)
    if count > MOST_PLACEMENTS:
        return None
    matchings = (dict(zip(round_.graduates, choice)) for choice in itertools.product(*options))
    return [m for m in matchings if all(len(at(m, [p])) <= round_.capacity[p] for p in round_.programs)]


# One function a mechanism: yields a line for each promise that is broken.

def told(found):
    for breach in found:
        yield "{}: {}".format(breach["kind"], ", ".join(f"{k} {v}" for k, v in breach.items() if k != "kind"))


def elsewhere(matching, promised):
    for graduate, program in promised.items():
        if matching[graduate] != program:
            yield f"not_best: graduate {graduate} is at {matching[graduate]}, and promised is {program}"


def check_graduates_propose(round_, matching, admitted):
    yield from told(classic(round_, matching))
    yield from elsewhere(matching, best_classic(round_))


def check_programs_propose(round_, matching, admitted):
    yield from told(classic(round_, matching))
    yield from elsewhere(matching, worst_classic(round_))


def check_student_project(round_, matching, admitted):
    yield from told(with_studios(round_, matching))
    yield from elsewhere(matching, best_with_studios(round_))


def check_reserves(round_, matching, admitted):
    yield from told(with_reserves(round_, matching))
    yield from elsewhere(matching, best_with_reserves(round_))


def check_largest_stable(round_, matching, admitted):
    yield from told(classic(round_, matching))
    placed = sum(p is not None for p in matching.values())
    most = max((sum(p is not None for p in other.values()) for other in all_placements(round_) or []
                if not classic(round_, other)), default=0)
    if 3 * placed < 2 * most:
        yield f"too_few: {placed} are placed, and {most} could be"


def check_regional_caps(round_, matching, admitted):
    yield from told(under_caps(round_, matching))


def check_floors(round_, matching, admitted):
    yield from not_admitted(envy(round_, matching), admitted)


def check_linked_pairs(round_, matching, admitted):
    yield from not_admitted(with_pairs(round_, matching), admitted)


def not_admitted(found, admitted):
    for breach in found:
        if breach not in admitted:
            yield from told([breach])
    for breach in admitted:
        if breach not in found:
            yield f"admitted and not there: {breach}"


MECHANISMS = {
    "graduates_propose": check_graduates_propose,
    "programs_propose": check_programs_propose,
    "student_project": check_student_project,
    "reserves": check_reserves,
    "largest_stable": check_largest_stable,
    "regional_caps": check_regional_caps,
    "floors": check_floors,
    "linked_pairs": check_linked_pairs,
}
RESPECTS = {"studios": ["student_project"], "reserves": ["reserves"], "pairs": ["linked_pairs"],
            "floors": ["floors"], "caps": ["regional_caps", "floors"]}


def cutoffs(round_, matching):
    taken = round_.taken(matching)

    def last(program, there, seats):
        full = there and len(there) >= seats
        return max(round_.rank(program, g) for g in there) if full else None

    programs, reserves = {}, [None] * len(round_.reserves)
    for program, there in taken.items():
        own = [i for i, r in enumerate(round_.reserves) if r["program"] == program]
        if not own:
            programs[program] = last(program, there, round_.capacity[program])
            continue
        seats = round_.seats(program, there)
        open_seats = round_.capacity[program] - sum(round_.reserves[i]["seats"] for i in own)
        programs[program] = last(program, [g for g in there if seats[g] == "open"], open_seats)
        for i in own:
            reserves[i] = last(program, [g for g in there if seats[g] == i], round_.reserves[i]["seats"])
    studios = {}
    for studio, capacity in round_.studio_capacity.items():
        there = [(p, g) for p in taken if round_.studio(p) == studio for g in taken[p]]
        full = there and len(there) >= capacity
        studios[studio] = max(round_.rank(p, g) for p, g in there) if full else None
    return {"programs": programs, "studios": studios, "reserves": reserves}


def broken_promises(certificate):
    """The lines for one certificate; none if all is kept. Raises Unreadable."""
    need(isinstance(certificate, dict) and certificate.get("format") == FORMAT, f"format is not {FORMAT}")
    mechanism = certificate.get("mechanism")
    need(mechanism in MECHANISMS, "mechanism is none that is known")
    seed = certificate.get("seed")
    need(isinstance(seed, str) and seed.isdecimal() and int(seed) < 2**64, "seed is no decimal string below 2^64")
    need(isinstance(certificate.get("instance"), dict), "there is no instance")
    matching, admitted = certificate.get("matching"), certificate.get("breaches", [])
    need(isinstance(matching, dict), "there is no matching")
    need(isinstance(admitted, list), "breaches is no list")
    round_ = Round(certificate["instance"], int(seed), keep_ties=mechanism == "largest_stable")
    given = {"studios": round_.studios, "reserves": round_.reserves, "pairs": round_.pairs,
             "floors": any(round_.floor.values()), "caps": any(cap is not None for cap in round_.cap.values())}
    for part, by in RESPECTS.items():
        if given[part] and mechanism not in by:
            return [f"not_respected: {part} by {mechanism}"]
    if set(matching) != set(round_.graduates):
        return ["wrong_graduates: the matching does not name each graduate of the instance once"]
    unknown = [g for g, p in matching.items() if p is not None and p not in round_.programs]
    if unknown:
        return [f"unknown_program: of graduate {g}" for g in unknown]
    broken = list(infeasible(round_, matching))
    if broken:
        return broken
    broken = list(MECHANISMS[mechanism](round_, matching, admitted))
    if admitted and mechanism not in ("floors", "linked_pairs"):
        broken.append(f"admitted: {mechanism} promises to have no breaches")
    if certificate.get("cutoffs") != cutoffs(round_, matching):
        broken.append("wrong_cutoff: cut-offs are not those of the matching")
    return broken


def main(paths):
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    result = 0
    for path in paths:
        try:
            with open(path, encoding="utf-8") as file:
                broken = broken_promises(json.load(file))
        except (OSError, ValueError, TypeError, Unreadable) as error:
            print(f"{path}: unreadable: {error}")
            result = 2
            continue
        print("\n".join(f"{path}: {line}" for line in broken) or f"{path}: verified")
        result = max(result, 1 if broken else 0)
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
