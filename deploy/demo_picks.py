#!/usr/bin/env python3
"""Prints what deploy/demo shows: an opening, somebody among the best for it whom
other openings fit too, and somebody who holds the role but is not free and fails
one thing more. Usage: demo_picks.py PATH_TO_TROUPE."""
import json
import subprocess
import sys


def ask(troupe, *arguments):
    """The JSON documents that a command prints, one a line."""
    out = subprocess.run([troupe, "--json", *arguments], check=True, text=True,
                         capture_output=True).stdout
    return [json.loads(line) for line in out.splitlines() if line.strip()]


def openings(troupe):
    """Open openings, those for directors first: most people know what they do."""
    listed = ask(troupe, "list", "projects", "--state", "open", "--limit", "200")
    found = [opening for project in listed for opening in project.get("openings", [])
             if opening["state"] == "STATE_OPEN" and not opening.get("filled")]
    return sorted(found, key=lambda opening: opening["role"] != "director")


def most_offered(troupe, profiles):
    """Whom most openings fit; the first of several."""
    return max(profiles, key=lambda profile: len(
        ask(troupe, "openings", profile, "--top", "8")[0].get("matches", [])))


def main(troupe):
    for opening in openings(troupe):
        [answer] = ask(troupe, "find", opening["name"], "--top", "1000")
        fits = [match["profile"] for match in answer.get("matches", [])]
        if len(fits) < 3:
            continue
        for profile in ask(troupe, "list", "profiles", "--role", opening["role"],
                           "--limit", "1000"):
            if profile["name"] in fits or "external_id" not in profile:
                continue
            [why] = ask(troupe, "why", profile["name"], opening["name"])
            failures = {failure["requirement"] for failure in why.get("failures", [])}
            if "REQUIREMENT_CALENDAR" in failures and len(failures) == 2:
                print(opening["name"], most_offered(troupe, fits[:10]), profile["name"])
                return 0
    print("no opening has both somebody who fits and somebody who does not", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
