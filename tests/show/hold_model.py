"""Line 1: every state of a model of holds and their confirmation. A few minutes."""
import re
import subprocess

import troupe_process

# How often what may happen in one run of each search, besides the protocol's own steps,
# the loss and repetition of its messages, and what timers do. What is left out is 0.
SEARCHES = {
    "everything once": {"holds": 2, "answers": 2, "challenges": 1, "confirmations": 1,
                        "retries": 1, "cancellations": 1, "edits": 1, "crashes": 1, "jumps": 2},
    "three holds": {"holds": 3, "answers": 2, "challenges": 1, "confirmations": 1,
                    "cancellations": 1, "crashes": 1, "jumps": 2},
    "two confirmations": {"holds": 3, "answers": 2, "confirmations": 2, "retries": 1,
                          "crashes": 1, "jumps": 1},
    "late writes and wrong clocks": {"holds": 2, "answers": 2, "confirmations": 1, "crashes": 1,
                                     "delayed": 1, "skews": 1, "jumps": 1},
    "counter-offers": {"holds": 2, "answers": 3, "counter_offers": 2, "challenges": 1,
                       "confirmations": 1, "jumps": 2},
}
BOUNDS = ("holds", "answers", "counter_offers", "challenges", "confirmations", "retries",
          "cancellations", "edits", "crashes", "delayed", "skews", "jumps")

def run(*arguments):
    """What the model printed; it ends with 1 if a property is broken or a mistake missed."""
    ran = subprocess.run([troupe_process.BIN / "troupe-hold-model", *arguments],
                         capture_output=True, text=True, check=False)
    if not ran.stdout:
        raise RuntimeError(f"troupe-hold-model ended with {ran.returncode}: {ran.stderr[-2000:]}")
    return ran.stdout


def show_states(show):
    """Every reachable state within the bounds keeps every property."""
    states = transitions = violations = 0
    complete = True
    for name, bounds in SEARCHES.items():
        printed = run(*(f"--{bound}={bounds.get(bound, 0)}" for bound in BOUNDS))
        (show.logs / f"hold-model-{name.replace(' ', '-')}.txt").write_text(printed)
        found = re.match(r"states (\d+), transitions (\d+), deepest \d+, violations (\d+), "
                         r"complete (yes|no)", printed)
        states += int(found[1])
        transitions += int(found[2])
        violations += int(found[3])
        complete = complete and found[4] == "yes"
    reach = "all that can be reached" if complete else "NOT all that can be reached"
    show.tell("1a", "states of 3 projects x 2 people x 3 days that break a property, of "
              f"{states:,} with {transitions:,} transitions, {reach} within the bounds of {len(SEARCHES)} "
              "searches", violations, "0", violations == 0 and complete,
              {"states": states, "transitions": transitions, "violations": violations,
               "searches": SEARCHES})


def show_mistakes(show):
    """Each seeded mistake, and the shortest way to what it breaks."""
    printed = run("--mistakes")
    (show.logs / "hold-model-mistakes.txt").write_text(printed)
    pattern = re.compile(r"^(?P<name>[^\n:]+): (?P<verdict>caught|MISSED) after \d+ states"
                         r"[^\n]*\n(?P<trace>(?:  [^\n]*\n)*)", re.MULTILINE)
    found = list(pattern.finditer(printed))
    if len(found) != 8:
        raise RuntimeError(f"troupe-hold-model told of {len(found)} mistakes")
    for letter, mistake in zip("bcdefghi", found):
        trace = mistake["trace"].splitlines()
        steps = [line.split(". ", 1)[1] for line in trace if ". " in line]
        broken = trace[-1].strip().removeprefix("breaks ") if trace else ""
        show.tell(f"1{letter}", f"{mistake['name']}, in {len(steps)} steps ({'; '.join(steps)})",
                  f"{mistake['verdict']}: {broken}", "caught", mistake["verdict"] == "caught")


def show_hold_model(show):
    troupe_process.build("troupe-hold-model")
    show_states(show)
    show_mistakes(show)
