#!/usr/bin/env python3
"""Writes files of a placement round over the demo's market: its editors, camera operators
and lighting technicians who are new to the trade, and openings for them.
Usage: demo_graduates.py PATH_TO_TROUPE FOLDER, with TROUPE_SERVER and TROUPE_ORGANIZATION set."""
import csv
import json
import pathlib
import subprocess
import sys

ROLES = ["editor", "camera-operator", "lighting-technician"]
PEOPLE, PROGRAMS = 30, 20


def listed(troupe, *arguments):
    """What `troupe list` prints, record by record."""
    done = subprocess.run([troupe, "list", *arguments, "--json"], check=True, text=True,
                          capture_output=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def write(path, heading, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)


def main(troupe, folder):
    graduates = []
    for role in ROLES:
        people = listed(troupe, "profiles", "--role", role, "--limit", str(10 * PEOPLE))
        new = [person for person in people
               if any(held["role"] == role and held.get("years", 0) <= 2
                      for held in person["roles"])]
        graduates += [[f"{role}-{i:02}", person["name"], "newcomer"]
                      for i, person in enumerate(new[:PEOPLE])]
    programs = []
    for project in listed(troupe, "projects", "--limit", "200"):
        for opening in project.get("openings", []):
            is_wanted = opening.get("state") == "STATE_OPEN" and opening["role"] in ROLES
            if is_wanted and len(programs) < PROGRAMS:
                programs.append([f"p{len(programs):02}", f"{project['title']} {opening['role']}",
                                 opening.get("headcount", 1), opening["name"]])
    write(folder / "graduates.csv", ["id", "profile", "groups"], graduates)
    write(folder / "programs.csv", ["id", "title", "capacity", "openings"], programs)
    print(f"{len(graduates)} graduates and {len(programs)} programs of the market")


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]))
