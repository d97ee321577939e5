"""Plays a program, has its recording analysed, and compares the findings with the truth."""
import json
import os
import random
import subprocess
import tempfile
import threading
import time

import explore
import schedule
from explore import ENDS
from program import GIVING_UP, ON_THREADS, SEMAPHORES, holds, releases

PLAY_LIMIT_S = 30
SPIN_NS = 2000000  # on the processor, from the turn to the spin lock at most
FUTEX = 202 if os.uname().machine == "x86_64" else 98
FUTEX_COMMAND, FUTEX_WAKE = 127, 1
UNDISCHARGED = ("observed", "confirmed", "feasible", "potential")
# Notes, which nothing here is about; and rules about waits that are not for locks.
TRYING = GIVING_UP + ("trywait", "timedwait")
ORDER_RULES = ("lock-order", "join-order")
OTHER_RULES = ("thread-leak", "signal-unlocked", "blocking-under-lock", "wait-holding", "hang")


class Tools:
    """The programs of the build; the analyzer is kept, one trace after the other."""

    def __init__(self, build):
        self.player = os.path.join(build, "tests", "property", "player")
        self.library = os.path.join(build, "preload", "libgordian.so")
        self.verdicts = os.path.join(build, "tests", "property", "verdicts")
        self.analyzer = None

    def command(self, program, steps):
        return [self.player, ",".join(program.kinds)] + steps

    def environment(self, where):
        return {**os.environ, "LD_PRELOAD": self.library, "GORDIAN_OPTIONS": f"out={where}"}

    def record(self, program, steps):
        """Plays the steps; the path of the trace in a directory of its own, and that one."""
        where = tempfile.TemporaryDirectory(prefix="gordian-property-")
        played = subprocess.run(self.command(program, steps), env=self.environment(where.name),
                                timeout=PLAY_LIMIT_S, capture_output=True, text=True)
        if played.returncode != 0 or played.stderr:
            raise Exception(f"the player: exit {played.returncode}, {played.stderr}"
                            f" ({' '.join(steps)})")
        return where, os.path.join(where.name, os.listdir(where.name)[0])

    def record_hang(self, program, steps):
        """As record, with steps that end in a deadlock: the player is killed in it."""
        where = tempfile.TemporaryDirectory(prefix="gordian-property-")
        with subprocess.Popen(self.command(program, steps), env=self.environment(where.name),
                              stdout=subprocess.PIPE, text=True) as player:
            timer = threading.Timer(PLAY_LIMIT_S, player.kill)
            timer.start()
            sleepers = player.stdout.readline().split()
            for thread in sleepers:
                while player.poll() is None and not sleeps(player.pid, thread):
                    time.sleep(.001)
            if "spin" in program.kinds:
                await_spinners(player.pid, sleepers)
            timer.cancel()
            player.kill()
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


def recorder_memory(process):
    """The addresses of the recorder and its variables."""
    first, end = 0, 0
    with open(f"/proc/{process}/maps", encoding="utf-8") as file:
        for line in file:
            words = line.split()
            begin, after = (int(address, 16) for address in words[0].split("-"))
            if "libgordian" in words[-1]:
                first, end = first or begin, after
            elif begin == end and len(words) == 5:  # what is zero at first
                end = after
    return range(first, end)


def sleeps(process, thread):
    """Whether the thread waits in a futex call, and not because the recorder is busy."""
    try:
        with open(f"/proc/{process}/task/{thread}/syscall", encoding="ascii") as file:
            words = file.read().split()
        return (words[0] == str(FUTEX) and int(words[2], 16) & FUTEX_COMMAND != FUTEX_WAKE and
                int(words[1], 16) not in recorder_memory(process))
    except OSError:
        return False


def processor_ns(process, thread):
    with open(f"/proc/{process}/task/{thread}/schedstat", encoding="ascii") as file:
        return int(file.read().split()[0])


def spins(process, thread):
    with open(f"/proc/{process}/task/{thread}/syscall", encoding="ascii") as file:
        return file.read().startswith("running")


def await_spinners(process, sleepers):
    """Until the threads that do not sleep have run for long enough to have come to their locks."""
    for thread in set(os.listdir(f"/proc/{process}/task")) - set(sleepers):
        try:
            began = processor_ns(process, thread)
            while spins(process, thread) and processor_ns(process, thread) < began + SPIN_NS:
                time.sleep(.001)
        except OSError:
            pass  # it has ended


class Truth:
    """What the exhaustive scheduler says, in the terms of findings."""

    def __init__(self, program, **how):
        self.program = program
        self.holds = [holds(ops) for ops in program.threads]
        self.circles, self.least = explore.deadlocks(program, **how)
        self.waits = {self.waits_of(circle): circle for circle in self.circles}

    def op(self, wait):
        return self.program.threads[wait[0]][wait[1]]

    def joins(self, circle):
        return any(self.op(wait).name == "join" for wait in circle)

    def waits_of(self, circle):
        """The circle as (thread, what it holds, what it wants)."""
        return frozenset((thread, held_set(number for number, _ in self.holds[thread][index]),
                          self.wanted((thread, index))) for thread, index in circle)

    def wanted(self, wait):
        op = self.op(wait)
        return op.object + (ENDS if op.name == "join" else 0)

    def locks(self, circle):
        return {self.wanted(wait) for wait in circle}

    def kept(self, thread, stop):
        """The acquisitions of what the thread holds there."""
        pairs = releases(self.program.threads[thread])
        return [index for index, end in sorted(pairs.items()) if index < stop < end]

    def threads(self, circle):
        return {thread for thread, _ in circle}


def held_set(numbers):
    """Without the ends of threads, which hold them until then."""
    return tuple(sorted({number for number in numbers if number < ENDS}))


class Outcome:
    """Of one program: what was found, what is true, and what is wrong about it."""

    def __init__(self):
        self.faults = []  # (kind, sentence)
        self.reachable = False
        self.joining = False
        self.unseen = False
        self.verdict = "none"  # the gravest one of lock-order and join-order
        self.reasons = set()
        self.doubts = []  # potential ones that cannot be reached
        self.notes = []  # what is allowed, and counted

    def fault(self, kind, text):
        self.faults.append((kind, text))


class Judge:
    def __init__(self, program, played, truth=None):
        self.program = program
        self.played = played
        self.findings = []
        self.truth = truth or Truth(program)
        self.outcome = Outcome()
        self.loose = self.recorded = None

    def object(self, number):
        """The program's number of what a finding is about."""
        return self.played.thread(number - ENDS) + ENDS if number >= ENDS else number

    def only_orders(self, number):
        return number < ENDS and self.program.kinds[number] in SEMAPHORES

    def locks(self, finding):
        return {self.object(number) for number in finding["locks"]}

    def finding_waits(self, finding):
        """As Truth.waits_of. A unit of a semaphore that only orders is not held, though one that
        nobody gives back looks so."""
        return frozenset((self.played.thread(step["thread"]),
                          held_set(number for number in step["holds"]
                                   if not self.only_orders(number)),
                          self.object(step["wants"])) for step in finding["steps"])

    def assumed(self):
        """The truth if nothing depends on data that others change, as is taken for granted."""
        if not self.loose:
            self.loose = Truth(self.program, waited=self.played.waited)
        return self.loose

    def as_recorded(self):
        """The deadlocks in which tries come out as they did."""
        if self.recorded is None:
            self.recorded = explore.deadlocks(self.program, recorded=self.played.done)[0]
        return self.recorded

    def order(self, circle, moves):
        """What the threads of the deadlock keep, in the order of the moves; None: not the same."""
        left = {thread: self.truth.kept(thread, stop) for thread, stop in circle}
        order = []
        for thread, number, _ in moves:
            fitting = [index for index in left.get(thread, ())
                       if self.program.threads[thread][index].object == number]
            if not fitting:
                return None
            order.append((thread, fitting[0]))
            left[thread].remove(fitting[0])
        taken = {(thread, number) for thread, number, _ in moves}
        again = all((thread, self.program.threads[thread][index].object) in taken
                    for thread, rest in left.items() for index in rest)
        return order if again else None

    def check_witness(self, finding):
        """The schedule that a finding says leads to it."""
        moves = [(self.played.thread(thread), self.object(number), waits)
                 for thread, number, waits in finding["witness"]]
        takes = [move for move in moves if not move[2] and not self.only_orders(move[1])]
        waits = self.finding_waits(finding)
        for circle in self.assumed().circles:
            order = self.order(circle, takes) if self.truth.waits_of(circle) == waits else None
            if order is not None and explore.Replay(self.program, circle, order,
                                                    waited=self.played.waited).holds():
                self.outcome.notes.append("witnesses replayed")
                return
        self.outcome.fault("witness", f"{moves} is none: {finding['message']}")

    def check_sure(self, finding):
        """A finding that claims to be possible."""
        waits = self.finding_waits(finding)
        if finding["verdict"] == "feasible":
            try:
                self.check_witness(finding)
            except explore.Unfit:
                self.outcome.notes.append("witnesses too big")
                return
        if waits in self.truth.waits:
            return
        told = f"{finding['verdict']}: {finding['message']}"
        if waits in self.assumed().waits:
            self.outcome.notes.append("feasible but for data")
            return
        locks, threads = self.locks(finding), {wait[0] for wait in waits}
        same = [circle for circle in self.truth.waits.values()
                if self.truth.locks(circle) == locks]
        if any(self.truth.threads(circle) == threads for circle in same):
            self.outcome.fault("elsewhere", "possible by these threads, but not so: " + told)
        elif same:
            self.outcome.fault("elsewhere", "possible, but not by these threads: " + told)
        else:
            self.outcome.fault("false", "impossible: " + told)

    def tries(self):
        return any(op.name in TRYING for ops in self.program.threads for op in ops)

    def check_potential(self, finding):
        """A finding that could not be ruled out."""
        if not any(self.truth.locks(circle) == self.locks(finding)
                   for circle in self.truth.circles):
            self.outcome.doubts.append(("potential", finding["message"]))

    def told(self, circle):
        return ", ".join(f"thread {thread} at {index} ({self.truth.op((thread, index))})"
                         for thread, index in sorted(circle))

    def check_reached(self, circle):
        """A deadlock that can be reached, by acquisitions that were recorded."""
        locks = self.truth.locks(circle)
        over = [finding for finding in self.findings if finding["rule"] in ORDER_RULES and
                self.locks(finding) == locks]
        if any(finding["verdict"] in UNDISCHARGED for finding in over):
            return
        if self.tries() and circle not in self.as_recorded():
            self.outcome.notes.append("not found, as tries must come out otherwise")
            return
        told = self.told(circle)
        if over:
            self.outcome.fault("discharged", f"{over[0]['reason']}, but possible: {told}; "
                               + over[0]["message"])
        else:
            self.outcome.fault("missed", told)

    def seen(self, circle, lives):
        """Whether these very acquisitions of these very locks were recorded."""
        if not circle <= self.played.done:
            return False
        kept = [(thread, index) for thread, stop in circle
                for index in self.truth.kept(thread, stop)]
        return all(self.played.lives[wait] == lives[self.truth.op(wait).object]
                   for wait in kept + list(circle) if self.truth.op(wait).name not in ON_THREADS)

    def run(self):
        outcome = self.outcome
        for finding in self.findings:
            if finding["rule"] in OTHER_RULES:
                continue
            if finding["verdict"] is None:
                outcome.fault("misuse", f"{finding['rule']}: {finding['message']}")
            elif finding["verdict"] in ("feasible", "observed", "confirmed"):
                self.check_sure(finding)
            elif finding["verdict"] == "potential":
                self.check_potential(finding)
            else:
                outcome.reasons.add(finding["reason"])
        seen = {circle for circle, lives in self.truth.least if self.seen(circle, lives)}
        for circle in seen:
            self.check_reached(circle)
        outcome.reachable = bool(seen)
        outcome.joining = bool(seen) and all(map(self.truth.joins, seen))
        outcome.unseen = not seen and bool(self.truth.circles)
        verdicts = {finding["verdict"] for finding in self.findings
                    if finding["rule"] in ORDER_RULES}
        outcome.verdict = next((verdict for verdict in UNDISCHARGED + ("discharged",)
                                if verdict in verdicts), "none")
        return outcome


def knots(circles):
    """The threads of circles that hang together: one of each is told, the others stand behind."""
    found = []
    for threads in circles:
        meeting = [knot for knot in found if knot & threads]
        found = [knot for knot in found if not knot & threads] + [threads.union(*meeting)]
    return found


class HangJudge(Judge):
    """Of a recording that ends in a deadlock: that must be seen."""

    def met(self, finding, circle):
        """Whether that is the circle; the end of a thread may be wanted without its name."""
        steps = {(self.played.thread(step["thread"]), self.object(step["wants"]))
                 for step in finding["steps"]}
        waits = {(thread, self.truth.wanted((thread, index))) for thread, index in circle}
        return steps == waits or steps == {(thread, -1 if wants >= ENDS else wants)
                                           for thread, wants in waits}

    def run(self):
        seen = [finding for finding in self.findings if finding["rule"] == "deadlock-cycle"]
        circles = self.played.circles
        for finding in seen:
            if not any(self.met(finding, circle) for circle in circles):
                self.outcome.fault("hang-false", f"not so: {finding['message']}")
        told = {self.played.thread(step["thread"]) for finding in seen
                for step in finding["steps"]}
        for threads in knots([self.truth.threads(circle) for circle in circles]):
            if threads & told:
                continue
            circle = next(circle for circle in circles if self.truth.threads(circle) <= threads)
            waits = [self.truth.op(wait) for wait in sorted(circle)]
            if any(op.name not in ON_THREADS and self.program.kinds[op.object] == "sem"
                   for op in waits):
                self.outcome.notes.append("hangs through a semaphore not told")
                continue
            self.outcome.fault("hang-missed", self.told(circle))
        self.outcome.notes.append("hangs played")
        return self.outcome


def judge_recording(tools, judge, recording):
    where, path = recording
    with where:
        answer = tools.analyse(path)
    judge.findings = answer["findings"]
    outcome = judge.run()
    if not answer["complete"]:
        outcome.fault("incomplete", "something was dropped")
    return outcome


def judge(tools, program, seed, strict=False):
    """The outcome; None: the program is unfit, or does not come to an end.

    strict: potential findings that cannot be reached are faults, too.
    """
    rng = random.Random(seed)
    try:
        played = schedule.complete(program, rng)
        if not played:
            return None
        judged = Judge(program, played)
    except explore.Unfit:
        return None
    outcome = judge_recording(tools, judged, tools.record(program, played.steps))
    if strict:
        outcome.faults += outcome.doubts
    stuck = schedule.deadlocked(program, rng) if judged.truth.circles else None
    if stuck:
        hung = judge_recording(tools, HangJudge(program, stuck, judged.truth),
                               tools.record_hang(program, stuck.steps))
        outcome.faults += hung.faults
        outcome.notes += hung.notes
    return outcome
