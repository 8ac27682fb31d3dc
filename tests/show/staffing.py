"""Lines 1 to 6 of gaps: allocation, plans, policies, speed, privacy, demo."""
import json
import subprocess

import troupe_process

REGIMES = 5


def run(*command):
    """The JSON objects that a command of ours prints, one a line."""
    done = subprocess.run([troupe_process.BIN / command[0], *command[1:]], check=False, text=True,
                          capture_output=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def show_exactness(show):
    troupe_process.build("troupe-staffing-check")
    checks = {check["check"]: check for check in run("troupe-staffing-check")}
    allocation, planted, plans = checks["allocation"], checks["planted_gaps"], checks["plans"]
    show.tell("1a", f"random markets ({allocation['weeks']:,} weeks) whose allocation GLPK finds "
              f"worth as much, to {allocation['worst_worth']:.0e} role-days",
              f"{allocation['markets']:,}", ">= 2,000, none differing by 1e-6",
              allocation["markets"] >= 2000 and allocation["broken"] == 0
              and allocation["worst_worth"] <= 1e-6)
    show.tell("1b", f"shadow prices ({allocation['fractional_shadows']:,} of them fractional): the "
              "most by which one differs from solving again", f"{allocation['worst_shadow']:.0e}",
              "<= 1e-6", allocation["worst_shadow"] <= 1e-6, allocation["worst_shadow"])
    show.tell("1c", f"cells short by 2, 5 or 10 role-days that are found, of {planted['markets']} "
              f"markets; size off by {planted['worst_size']:g} at most, "
              f"{planted['invented']} invented", planted["found"], "all, within 1, none",
              planted["found"] == planted["markets"] >= 30 and planted["worst_size"] <= 1
              and planted["invented"] == 0)
    show.tell("1d", "people counted twice", planted["counted_twice"], "0",
              planted["counted_twice"] == 0)
    show.tell("2a", f"plans of {plans['with_gain']:,} small problems with something to gain, of the "
              "best of all choices: the least", f"{plans['worst_share']:.4f}", ">= 0.99",
              plans["with_gain"] >= 2000 and plans["worst_share"] >= 0.99, plans["worst_share"])
    show.tell("2b", "and on average", f"{plans['mean_share']:.5f}", ">= 0.998",
              plans["mean_share"] >= 0.998, plans["mean_share"])
    show.tell("2c", "plans above their bound", plans["above_bound"], "0",
              plans["above_bound"] == 0)


def show_plans(show):
    troupe_process.build("troupe-staffing-bench")
    plans = run("troupe-staffing-bench", "--what=plans")
    policies = [key for key, value in plans[0].items()
                if isinstance(value, dict) and "plan_ahead" in value]
    above = {policy: sum(plan[policy]["plan_ahead"][1] > 0 for plan in plans)
             for policy in policies}
    show.tell("3a", f"regimes of {len(plans)} in which the paired 95 % interval of the plan lies "
              f"above each of {', '.join(policies)}, on {plans[0]['fresh_draws']:,} fresh draws: the "
              "fewest", min(above.values()), ">= 3",
              len(plans) == REGIMES and min(above.values()) >= 3)
    worst = min(plan[policy]["plan_ahead"][1] / plan["plan_filled"][0]
                for plan in plans for policy in policies)
    show.tell("3b", "the lowest end of any interval, of what the plan fills", f"{worst:+.2%}",
              "> -0.5 %", worst > -0.005, worst)
    seconds = max(plan["all_s"] for plan in plans)
    show.tell("3c", f"12 roles x 12 cities x 26 weeks x 24,000 people, {plans[0]['options']:,} "
              "options: reading, planning and comparing, the longest", f"{seconds:.0f} s", "<= 60 s",
              seconds <= 60, seconds)


def show_speed(show):
    troupe_process.build("troupe-staffing-bench")
    gaps = run("troupe-staffing-bench")[0]
    ratios = {name: value for name, value in gaps.items() if name.endswith("_to_analysis")}
    least = min(ratios.values())
    forms = ", ".join(f"{name.removesuffix('_to_analysis')} {value:.1f}"
                      for name, value in ratios.items())
    show.tell("4a", f"{gaps['people']:,} people x {gaps['roles']} x {gaps['cities']} x "
              f"{gaps['weeks']}: the analysis with shadow prices, against LEMON's flow alone on the "
              f"same network ({forms}), same optimum, median of {gaps['runs']} runs",
              f"{least:.1f} times", ">= 5", gaps["equal"] and least >= 5, least)
    show.tell("4b", f"it takes so many times as long as reading the pool once "
              f"({gaps['reading_the_pool_s']:.2f} s)", f"{gaps['analysis_to_reading']:.1f}")


# Tests of what is told of few people.
PRIVACY = {"staffing_test": "DisclosureTest.*:NameTraineesTest.*",
           "staffing_service_test": "*Others*",
           "training_plan_test": "*Others*"}


def show_privacy(show):
    passed = of = failed = 0
    for binary, tests in PRIVACY.items():
        troupe_process.build(binary)
        done = subprocess.run([troupe_process.BIN / binary, f"--gtest_filter={tests}"],
                              check=False, text=True, capture_output=True)
        passed += done.stdout.count("[       OK ]")
        of += done.stdout.count("[ RUN      ]")
        failed += done.returncode != 0
    show.tell("5", "tests of what is told of few people, in gaps, plans and sums of overlapping "
              "reports", f"{passed} of {of}", "all", failed == 0 and passed == of > 0)


SHOWN = {"a gap table": "Largest gaps", "a plan for one city": "$ troupe plan run",
         "how it compares": "largest gap first", "the report": "plan.html"}


def show_demo(show):
    done = subprocess.run([troupe_process.ROOT / "deploy" / "demo"], check=False, text=True,
                          capture_output=True)
    shown = [what for what, text in SHOWN.items() if text in done.stdout + done.stderr]
    show.tell("6", f"shown by deploy/demo: {', '.join(shown) or 'nothing yet'}",
              f"{len(shown)} of {len(SHOWN)}", "all",
              done.returncode == 0 and len(shown) == len(SHOWN))
