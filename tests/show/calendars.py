"""Line 6: calendars as Google Calendar, Outlook and Apple Calendar write them."""
import datetime
import pathlib
import re

import troupe_process
from troupe_process import ROOT, Server

SAMPLES = ROOT / "tests" / "services" / "ical" / "samples"

# A change to the samples, and what the server's answer must say. (file, pattern, by what, says)
DAMAGE = [
    ("google", r"DTSTART;VALUE=DATE:20261203", "DTSTART;VALUE=DATE:20261303", "DTSTART"),
    ("google", r"DTEND;VALUE=DATE:20261206", "DTEND;VALUE=DATE:20261201", "DTEND"),
    ("google", r"RRULE:FREQ=WEEKLY;", "RRULE:FREQ=HOURLY;", "RRULE"),
    ("google", r"EXDATE;TZID=Asia/Shanghai:20261221T190000",
     "EXDATE;TZID=Asia/Shanghai:20261221T990000", "EXDATE"),
    ("google", r"TZID=America/New_York:20261215T113000", "TZID=Mars/Base:20261215T113000",
     "DTSTART"),
    ("google", r"RECURRENCE-ID;TZID", "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID", "RECURRENCE-ID"),
    ("outlook", r"BYDAY=TU,TH", "BYDAY=TUESDAY", "RRULE"),
    ("outlook", r"COUNT=6", "COUNT=0", "RRULE"),
    ("outlook", r'DTEND;TZID="China Standard Time":20261205T000000',
     "DTEND:tomorrow with Bob", "DTEND"),
    ("outlook", r"TRANSP:OPAQUE", "TRANSP OPAQUE", "NAME:value"),
    ("apple", r"DURATION:PT4H", "DURATION:four hours", "DURATION"),
    ("apple", r"RDATE:20261227T100000", "RDATE:20261227X100000", "RDATE"),
    ("apple", r"END:VTODO", "END:VEVENT", "END"),
    ("apple", r"END:VCALENDAR\r\n", "", "BEGIN"),
]


def moved(text, days):
    """The sample with every date of it (not of its zones) so many days later."""
    def later(found):
        day = datetime.datetime.strptime(found[0], "%Y%m%d") + datetime.timedelta(days)
        return day.strftime("%Y%m%d")
    return re.sub(r"(?<=[:,=T])20(26|27)\d{4}(?=[T\r,;])", later, text)


def calendar_of(server, profile):
    """What the calendar says without the names of sources: entries and rules."""
    shown, = server.json("calendar", "show", "--profile", profile)
    strip = lambda each: {k: v for k, v in each.items() if k != "source"}
    return {part: sorted((strip(each) for each in shown.get(part, [])), key=str)
            for part in ("calendar", "calendar_rules")}


def new_profile(server, folder):
    path = folder / "profile.json"
    path.write_text('{"display_name": "Ada", "findability": "FINDABILITY_FINDABLE"}')
    created, = server.json("create", "profile", path)
    return created["name"]


def line_of(text, pattern):
    """The line on which `pattern` first stands."""
    return text[:re.search(pattern, text).start()].count("\n") + 1


def show_calendars(show):
    """6a to 6d: a few seconds."""
    troupe_process.build("troupe-server", "troupe")
    with troupe_process.temporary_folder() as name, \
            Server(pathlib.Path(name) / "data") as server:
        folder = pathlib.Path(name)
        # The samples are of December 2026; weeks later, as today is: whole weeks
        # keep their weekdays.
        weeks = max(0, (datetime.date.today() - datetime.date(2026, 11, 23)).days // 7)
        samples = {path.stem: moved(path.read_bytes().decode(), 7 * weeks)
                   for path in sorted(SAMPLES.glob("*.ics"))}
        same = idempotent = events = 0
        for stem, text in samples.items():
            path = folder / f"{stem}.ics"
            path.write_bytes(text.encode())
            profile = new_profile(server, folder)
            answer, = server.json("calendar", "import", path, "--profile", profile, "--source",
                                  stem)
            events += answer["events"]
            again, = server.json("calendar", "import", path, "--profile", profile, "--source",
                                 stem)
            idempotent += again == answer
            exported = folder / f"{stem}.out.ics"
            server.run("calendar", "export", "--profile", profile, "--output", exported)
            other = new_profile(server, folder)
            server.run("calendar", "import", exported, "--profile", other, "--source", "troupe")
            found = calendar_of(server, profile)
            same += bool(found["calendar_rules"]) and found == calendar_of(server, other)
        show.tell("6a", f"dialects ({', '.join(samples)}) of {events} events that come out of an "
                  "export the same", f"{same} of {len(samples)}", f"{len(samples)}",
                  same == len(samples), raw=same)
        show.tell("6b", "imports that write nothing the second time", idempotent,
                  f"{len(samples)}", idempotent == len(samples))
        named = unchanged = 0
        profile = new_profile(server, folder)
        before = calendar_of(server, profile)
        for stem, pattern, by, says in DAMAGE:
            text = (SAMPLES / f"{stem}.ics").read_bytes().decode()
            line = line_of(text, pattern)
            path = folder / "damaged.ics"
            path.write_bytes(re.sub(pattern, by, text, count=1).encode())
            done = server.run("calendar", "import", path, "--profile", profile, "--source", stem,
                              check=False)
            # What is not ended is named where it begins.
            is_named = says in done.stderr and "Bob" not in done.stderr and (
                f"line {line}:" in done.stderr or says == "BEGIN")
            if done.returncode == 0 or not is_named:
                print(f"   {stem} {pattern}: {done.stderr.strip()}")
            named += done.returncode != 0 and is_named
            unchanged += calendar_of(server, profile) == before
        show.tell("6c", "malformed files whose line and property the error names",
                  f"{named} of {len(DAMAGE)}", f"{len(DAMAGE)}", named == len(DAMAGE), raw=named)
        show.tell("6d", "malformed files that change nothing", unchanged, f"{len(DAMAGE)}",
                  unchanged == len(DAMAGE))
