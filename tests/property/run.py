#!/usr/bin/env python3
"""Random lock programs: an exhaustive scheduler says which can deadlock, and so must the analyzer.

    run.py --programs 10000 --seed 7        that many random programs
    run.py --program 'mutex,mutex | ...'    this one, with the schedule of --seed

Each program is played once, by a random schedule that comes to its end, and what was recorded is
analysed. It is an error if a deadlock that cannot be reached is called feasible, or if one that can
be, and whose acquisitions were all recorded, is not found. Where there is one it is played as well,
and must be seen. The program that shows an error is made as small as it goes and printed. Programs
for which no schedule comes to the end are replaced by others.
"""
import argparse
import collections
import multiprocessing
import os
import random
import sys
import time

import generate
import judge
import program as programs
import shrink

MOST_UNFIT = 100  # programs in a row that do not come to an end, say
SCHEDULES = 20  # tried for each smaller program


def program_of(seed):
    return generate.generate(random.Random(f"program {seed}"))


def kinds_of(outcome):
    return {kind for kind, _ in outcome.faults}


def judged(tools, program, seed, strict):
    try:
        return judge.judge(tools, program, seed, strict)
    except Exception as error:  # whatever it is, it is told with its program
        outcome = judge.Outcome()
        outcome.fault("error", repr(error))
        return outcome


class Shrinker:
    """Smaller programs of the same fault, and a schedule that shows it."""

    def __init__(self, tools, program, seed, kind, strict):
        self.tools = tools
        self.strict = strict
        self.kind = kind
        self.seed = seed
        self.program = shrink.shrink(program, self.fails)

    def fails(self, program):
        for seed in [self.seed] + [f"{self.seed}.{more}" for more in range(SCHEDULES)]:
            outcome = judged(self.tools, program, seed, self.strict)
            if outcome and self.kind in kinds_of(outcome):
                self.seed = seed
                return True
        return False


def tell(program, seed, outcome):
    lines = [f"{kind}: {text}" for kind, text in outcome.faults]
    lines += [f"    run.py --seed {seed} --program '{program}'"]
    for number, kind in enumerate(program.kinds):
        lines += [f"    object {number}: {kind}"]
    for number, ops in enumerate(program.threads):
        lines += [f"    thread {number}: " + "; ".join(map(str, ops))]
    return "\n".join(lines)


def one(arguments):
    tools, seed, small, strict = arguments
    program = program_of(seed)
    outcome = judged(tools, program, seed, strict)
    for more in range(MOST_UNFIT):
        if outcome:
            break
        seed = f"{arguments[1]}.{more}"
        program = program_of(seed)
        outcome = judged(tools, program, seed, strict)
    if not outcome or not outcome.faults:
        return outcome, None
    told = tell(program, seed, outcome)
    if small:
        kind = min(kinds_of(outcome))
        shrinker = Shrinker(tools, program, seed, kind, strict)
        outcome = judged(tools, shrinker.program, shrinker.seed, strict)
        told += "\n  and smaller:\n" + tell(shrinker.program, shrinker.seed, outcome)
    return outcome, told


class Summary:
    def __init__(self):
        self.counts = collections.Counter()
        self.table = collections.Counter()
        self.faults = collections.Counter()
        self.reasons = collections.Counter()

    def add(self, outcome):
        if not outcome:
            self.counts["skipped"] += 1
            return
        self.counts["programs"] += 1
        truth = ("reachable by joins" if outcome.joining else "reachable" if outcome.reachable else
                 "reachable, not seen" if outcome.unseen else "unreachable")
        self.table[truth, outcome.verdict] += 1
        self.faults.update(kinds_of(outcome))
        self.counts.update(outcome.notes)
        self.reasons.update(outcome.reasons)
        self.counts["potential, but out of reach"] += len(outcome.doubts)

    def __str__(self):
        columns = judge.UNDISCHARGED + ("discharged", "none")
        columns = [each for each in columns if any(key[1] == each for key in self.table)]
        rows = sorted({key[0] for key in self.table})
        lines = [f"{'deadlock':<22}" + "".join(f"{each:>12}" for each in columns)]
        for row in rows:
            lines.append(f"{row:<22}" + "".join(f"{self.table[row, each]:>12}"
                                                for each in columns))
        for title, counter in (("", self.counts), ("discharged by ", self.reasons),
                               ("FAULT ", self.faults)):
            lines += [f"{title}{key}: {count}" for key, count in sorted(counter.items())]
        return "\n".join(lines)


def many(tools, arguments):
    summary, began = Summary(), time.monotonic()
    tasks = ((tools, f"{arguments.seed}-{number}", not arguments.whole, arguments.strict)
             for number in range(arguments.programs))
    with multiprocessing.Pool(arguments.jobs) as pool:
        for outcome, told in pool.imap_unordered(one, tasks, 8):
            summary.add(outcome)
            if told:
                print(told, flush=True)
    print(summary)
    print(f"{time.monotonic() - began:.1f} s")
    return bool(summary.faults) or not summary.counts["programs"]


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(here, "..", "..", "build"))
    parser.add_argument("--programs", type=int, default=300)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--program", help="judge this one")
    parser.add_argument("--whole", action="store_true", help="do not make failing ones smaller")
    parser.add_argument("--strict", action="store_true",
                        help="potential findings that cannot be reached are faults, too")
    arguments = parser.parse_args()
    tools = judge.Tools(os.path.abspath(arguments.build))
    if arguments.program:
        program = programs.parse(arguments.program)
        if not programs.valid(program):
            sys.exit("this program makes no sense")
        outcome = judged(tools, program, arguments.seed, arguments.strict)
        print(tell(program, arguments.seed, outcome) if outcome else "skipped")
        return bool(outcome and outcome.faults)
    return many(tools, arguments)


if __name__ == "__main__":
    sys.exit(main())
