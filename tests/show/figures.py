"""What every show does: prints figures as they come, and keeps them."""
import argparse
import dataclasses
import json
import pathlib
import sys
import typing

from troupe_process import ROOT, shared_folder


class Show:
    """Prints figures as they come, and remembers them."""

    def __init__(self, wanted, logs):
        self.wanted = wanted
        self.logs = logs  # The folder for what commands print.
        self.figures = []

    def wants(self, line):
        """True if any of the lines that `line` begins with is asked for."""
        return not self.wanted or any(
            line.startswith(w) or w.startswith(line) for w in self.wanted)

    def tell(self, line, what, figure, goal=None, ok=None, raw=None):
        """One figure. `ok` None means there is no goal."""
        if self.wanted and not any(line.startswith(w) for w in self.wanted):
            return
        verdict = "info" if ok is None else "ok" if ok else "short"
        of = f" ({goal})" if goal else ""
        print(f"{line}. {what}: {figure}{of} {verdict}", flush=True)
        self.figures.append({"line": line, "what": what, "figure": raw if raw is not None else
                             figure, "goal": goal, "verdict": verdict})

    def is_short(self):
        return any(figure["verdict"] == "short" for figure in self.figures)


@dataclasses.dataclass
class Line:
    """The lines of a show, "3a 3b" or "4" for all of 4, that one function measures."""

    names: str
    measure: typing.Callable[[Show], None]


def main(name, description, lines, needs=()):
    """Runs the show `name`; returns its exit code. `needs`: folders below the shared one."""
    parser = argparse.ArgumentParser(description=description,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", nargs="*", help="lines to show: 1, 3c, ...")
    parser.add_argument("--json", type=pathlib.Path, default=ROOT / "build/show" / f"{name}.json")
    arguments = parser.parse_args()
    if any(not (shared_folder() / folder).is_dir() for folder in needs):
        print(f"no real data in {shared_folder()}: set TROUPE_SHARED", file=sys.stderr)
        return 1
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    show = Show(arguments.lines, arguments.json.parent)
    for line in lines:
        if any(show.wants(each) for each in line.names.split()):
            line.measure(show)
            arguments.json.write_text(
                json.dumps(show.figures, indent=2, ensure_ascii=False) + "\n")
    return 1 if show.is_short() else 0
