"""Plays a program, has its recording analysed, and compares the findings with the truth."""
import json
import os
import random
import subprocess
import tempfile

import explore
import schedule
from program import ACQUIRING, holds

PLAY_LIMIT_S = 60
UNDISCHARGED = ("observed", "confirmed", "feasible", "potential")
# Notes, which nothing here is about; and rules about waits that are not for locks.
OTHER_RULES = ("thread-leak", "signal-unlocked", "blocking-under-lock", "wait-holding", "hang")


class Tools:
    """The programs of the build; the analyzer is kept, one trace after the other."""

    def __init__(self, build):
        self.player = os.path.join(build, "tests", "property", "player")
        self.library = os.path.join(build, "preload", "libgordian.so")
        self.verdicts = os.path.join(build, "tests", "property", "verdicts")
        self.analyzer = None

    def record(self, program, steps):
        """Plays the steps; the path of the trace in a directory of its own, and that one."""
        where = tempfile.TemporaryDirectory(prefix="gordian-property-")
        environment = {**os.environ, "LD_PRELOAD": self.library,
                       "GORDIAN_OPTIONS": f"out={where.name}"}
        played = subprocess.run([self.player, ",".join(program.kinds)] + steps, env=environment,
                                timeout=PLAY_LIMIT_S, capture_output=True, text=True)
        if played.returncode != 0 or played.stderr:
            raise Exception(f"the player: exit {played.returncode}, {played.stderr}"
                            f" ({' '.join(steps)})")
        return where, os.path.join(where.name, os.listdir(where.name)[0])

    def analyse(self, path):
        if not self.analyzer:
            self.analyzer = subprocess.Popen([self.verdicts], text=True, stdin=subprocess.PIPE,
                                             stdout=subprocess.PIPE)
        self.analyzer.stdin.write(path + "\n")
        self.analyzer.stdin.flush()
        answer = self.analyzer.stdout.readline()
        if not answer:
            self.analyzer = None
            raise Exception("the analyzer ended")
        return json.loads(answer)


class Truth:
    """What the exhaustive scheduler says, in the terms of findings."""

    def __init__(self, program, careless=False):
        self.program = program
        self.holds = [holds(ops) for ops in program.threads]
        self.circles, self.least = explore.deadlocks(program, careless=careless)
        self.waits = {self.waits_of(circle): circle for circle in self.circles
                      if not self.joins(circle)}

    def op(self, wait):
        return self.program.threads[wait[0]][wait[1]]

    def joins(self, circle):
        return any(self.op(wait).name == "join" for wait in circle)

    def waits_of(self, circle):
        """The circle as (thread, what it holds, what it wants)."""
        return frozenset((thread, held_set(number for number, _ in self.holds[thread][index]),
                          self.op((thread, index)).object) for thread, index in circle)

    def locks(self, circle):
        return {self.op(wait).object for wait in circle if self.op(wait).name in ACQUIRING}

    def threads(self, circle):
        return {thread for thread, _ in circle}


def held_set(numbers):
    return tuple(sorted(set(numbers)))


class Outcome:
    """Of one program: what was found, what is true, and what is wrong about it."""

    def __init__(self):
        self.faults = []  # (kind, sentence)
        self.reachable = False
        self.joining = False
        self.unseen = False
        self.verdict = "none"  # the gravest one of lock-order
        self.reasons = set()
        self.notes = []  # what is allowed, and counted

    def fault(self, kind, text):
        self.faults.append((kind, text))


class Judge:
    def __init__(self, program, played, findings):
        self.program = program
        self.played = played
        self.findings = findings
        self.truth = Truth(program)
        self.outcome = Outcome()
        self.loose = None

    def finding_waits(self, finding):
        return frozenset((self.played.thread(step["thread"]), held_set(step["holds"]),
                          step["wants"]) for step in finding["steps"])

    def assumed(self):
        """The truth if what is tried may fail for reasons that a recording does not know."""
        if not self.loose:
            self.loose = Truth(self.program, careless=True)
        return self.loose

    def check_sure(self, finding):
        """A finding that claims to be possible."""
        waits = self.finding_waits(finding)
        if waits in self.truth.waits:
            return
        told = f"{finding['verdict']}: {finding['message']}"
        tries = any(op.name not in ("lock", "read") for ops in self.program.threads
                    for op in ops if op.name in ACQUIRING)
        if tries and waits in self.assumed().waits:
            self.outcome.notes.append("feasible if tries may fail")
            return
        locks, threads = set(finding["locks"]), {wait[0] for wait in waits}
        same = [circle for circle in self.truth.waits.values()
                if self.truth.locks(circle) == locks]
        if any(self.truth.threads(circle) == threads for circle in same):
            self.outcome.fault("elsewhere", "possible by these threads, but not so: " + told)
        elif same:
            self.outcome.fault("elsewhere", "possible, but not by these threads: " + told)
        else:
            self.outcome.fault("false", "impossible: " + told)

    def check_reached(self, circle):
        """A deadlock that can be reached, by acquisitions that were recorded."""
        locks = self.truth.locks(circle)
        over = [finding for finding in self.findings if finding["rule"] in ("lock-order",
                "deadlock-cycle") and set(finding["locks"]) == locks]
        if any(finding["verdict"] in UNDISCHARGED for finding in over):
            return
        told = ", ".join(f"thread {thread} at {index} ({self.truth.op((thread, index))})"
                         for thread, index in sorted(circle))
        if over:
            self.outcome.fault("discharged", f"{over[0]['reason']}, but possible: {told}; "
                               + over[0]["message"])
        else:
            self.outcome.fault("missed", told)

    def run(self):
        outcome = self.outcome
        for finding in self.findings:
            if finding["rule"] in OTHER_RULES or finding["rule"] == "join-order":
                continue
            if finding["verdict"] is None:
                outcome.fault("misuse", f"{finding['rule']}: {finding['message']}")
            elif finding["verdict"] in ("feasible", "observed", "confirmed"):
                self.check_sure(finding)
            if finding["verdict"] == "discharged":
                outcome.reasons.add(finding["reason"])
        seen = [circle for circle in self.truth.least
                if circle <= self.played.done and not self.truth.joins(circle)]
        for circle in seen:
            self.check_reached(circle)
        outcome.reachable = bool(seen)
        outcome.unseen = not seen and bool(self.truth.waits)
        outcome.joining = len(self.truth.waits) < len(self.truth.circles)
        verdicts = {finding["verdict"] for finding in self.findings
                    if finding["rule"] == "lock-order"}
        outcome.verdict = next((verdict for verdict in UNDISCHARGED + ("discharged",)
                                if verdict in verdicts), "none")
        return outcome


def judge(tools, program, seed):
    """The outcome; None: the program is too big, or does not come to an end."""
    try:
        played = schedule.complete(program, random.Random(seed))
        if not played:
            return None
        where, path = tools.record(program, played.steps)
        with where:
            answer = tools.analyse(path)
        outcome = Judge(program, played, answer["findings"]).run()
    except explore.TooBig:
        return None
    if not answer["complete"]:
        outcome.fault("incomplete", "something was dropped")
    return outcome
