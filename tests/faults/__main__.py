"""`make faults`: mixed traffic on the real processes while they are killed, cut, starved and stopped.

Prints what was checked; a broken invariant prints the seed, what is broken and the history of it, and the
exit code is 1.
"""

from __future__ import annotations

import argparse
import random
import sys

from tests.faults.checks.checker import counts, violations
from tests.faults.checks.violation import Violation
from tests.faults.trial.system import TrialSystem, running_system
from tests.faults.trial.trial import Trial, run

_MOST_SHOWN = 30


def main() -> int:
    """Run each seed on a system of its own."""
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--seed", type=int, help="the first (only) one; without it, a new one")
    parser.add_argument("--seeds", type=int, default=1, help="how many, one after another")
    parser.add_argument("--operations", type=int, default=2_000)
    parser.add_argument("--faults", type=int, help="so many of the schedule's only")
    parser.add_argument("--logs", action="store_true", help="print what processes wrote")
    options = parser.parse_args()
    first = random.randrange(1_000_000) if options.seed is None else options.seed
    broken = 0
    for seed in range(first, first + options.seeds):
        with running_system() as made:
            trial = run(made, seed, options.operations, options.faults)
            broken += _report(made, trial)
            if options.logs:
                _say("\n".join(made.last_words))
                _say(made.output(200) if broken else "")
    return min(broken, 1)


def _report(made: TrialSystem, trial: Trial) -> int:
    facts = trial.facts(made)
    found = [Violation("the run ends", problem) for problem in trial.problems]
    found += violations(trial.history, facts)
    _say(f"seed {trial.seed}: {len(trial.done)} faults, load {trial.seconds['load']} s, "
         f"drained in {trial.seconds['drain']} s")  # fmt: skip
    _say("  " + " · ".join(trial.done))
    for skipped in trial.skipped:
        _say(f"  skipped {skipped}")
    for name, times in made.ends.items():
        _say(f"  ended by itself and was started again: {name}, {times} times")
    for name, count in counts(trial.history, facts).items():
        _say(f"  {name:32}{count:>8,}")
    for violation in found[:_MOST_SHOWN]:
        _say(f"BROKEN with seed {trial.seed}: {violation.invariant}: {violation.text}")
        for line in trial.history.about(*violation.words):
            _say(f"    {line}")
    _say(f"  {'broken invariants':32}{len(found):>8,}\n")
    return len(found)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
