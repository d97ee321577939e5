"""Runs programs and measures them: CPU time, wall time, memory; medians of interleaved rounds."""

import math
import os
import shutil
import signal
import statistics
import time


# Valgrind keeps so many descriptors for itself, and lets a program set no other limit than the rest.
VALGRIND_FILES = 12


class Failed(Exception):
    """A program that did not do its work; the text says which and why."""


class Skipped(Exception):
    """Something that is not installed, or cannot be done here; the text says what."""


class Used:
    """What a finished process used."""

    def __init__(self, usage, wall, text):
        self.cpu = usage.ru_utime + usage.ru_stime  # seconds
        self.wall = wall  # seconds
        self.rss = usage.ru_maxrss / 1024  # MiB, at most
        self.text = text  # its standard output


class Process:
    """A running program. Its output goes to files in `directory`."""

    def __init__(self, command, environment, directory):
        self.name = os.path.basename(command[0])
        self.output = os.path.join(directory, "output")
        self.errors = os.path.join(directory, "errors")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, self.output, flags, 0o644),
            (os.POSIX_SPAWN_OPEN, 2, self.errors, flags, 0o644),
        ]
        self.begun = time.perf_counter()
        try:
            self.pid = os.posix_spawnp(command[0], command, environment, file_actions=actions)
        except FileNotFoundError:
            raise Skipped(f"{self.name} is not installed") from None

    def stop(self):
        os.kill(self.pid, signal.SIGTERM)

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        os.wait4(self.pid, 0)

    def wait(self, timeout, expected=(0,)):
        """Waits for its end. A signal's number counts as 128 + number."""

        def expire(*_):
            raise Failed(f"over {timeout} s")

        signal.signal(signal.SIGALRM, expire)
        signal.setitimer(signal.ITIMER_REAL, timeout)
        try:
            _, status, usage = os.wait4(self.pid, 0)
            wall = time.perf_counter() - self.begun
        except Failed:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.kill()
            raise
        signal.setitimer(signal.ITIMER_REAL, 0)
        code = os.waitstatus_to_exitcode(status)
        code = 128 - code if code < 0 else code
        if code == 77:
            raise Skipped("cannot run on this machine")
        if code not in expected:
            with open(self.errors, errors="replace") as file:
                last = (file.read().strip().splitlines() or [""])[-1]
            raise Failed(f"{self.name}: exit code {code} {last}"[:100])
        with open(self.output, errors="replace") as file:
            return Used(usage, wall, file.read())


class Way:
    """A way to run a program: natively, recorded, or under a peer."""

    def __init__(self, name, programs, prefix=(), environment=None, micro_only=False):
        self.name = name
        self.programs = programs  # directory of our own programs, built for it
        self.prefix = list(prefix)
        self.environment = environment or {}
        self.micro_only = micro_only  # it needs programs built for it

    def start(self, command, directory, files=None):
        """files: how many open ones it wants to be allowed, exactly."""
        environment = {**os.environ, **self.environment}
        if self.environment.get("GORDIAN_OPTIONS"):
            traces = os.path.join(directory, "traces")
            shutil.rmtree(traces, ignore_errors=True)
            environment["GORDIAN_OPTIONS"] = f"out={traces}"
        prefix = self.prefix
        if files and "valgrind" in prefix:
            limit = files + VALGRIND_FILES
            prefix = ["prlimit", f"--nofile={limit}:{limit}", *prefix]
        return Process(prefix + command, environment, directory)

    def run(self, command, directory, timeout=120):
        return self.start(command, directory).wait(timeout)


class Result:
    """Rounds of two ways, one after the other each time."""

    def __init__(self, base, other):
        self.base_rounds, self.other_rounds = base, other
        self.base = statistics.median(base)
        self.other = statistics.median(other)
        self.ratio = self.other / self.base if self.base else float("nan")
        pairs = [b / a for a, b in zip(base, other) if a]
        self.pairwise = statistics.median(pairs) if pairs else float("nan")
        self.pairwise_between = between(pairs)
        added = [b - a for a, b in zip(base, other)]
        self.added = statistics.median(added)
        self.added_between = between(added)
        self.other_between = between(other)
        self.noise = spread(base)


def spread(values):
    """Half the distance between the quartiles, relative to the median."""
    if len(values) < 2 or not statistics.median(values):
        return 0.0
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return (high - low) / 2 / statistics.median(values)


def between(values):
    """
    What the median of all rounds that could be made lies between, with nine chances in ten: of so
    many independent values so many are smaller, by the binomial distribution (the sign test's
    confidence interval). Of fewer than five values it is all they span, and says less.
    """
    values, count, left_out, outside = sorted(values), len(values), 0, 0.0
    if not values:
        return float("nan"), float("nan")
    while left_out < count // 2:
        outside += 2 * math.comb(count, left_out) / 2 ** count
        if outside > 0.1:
            break
        left_out += 1
    left_out = max(left_out - 1, 0)
    return values[left_out], values[count - 1 - left_out]


def interleave(measure, base, other, rounds):
    """
    measure(way) is a number; base and other take turns, and in going first, too: what comes second
    finds another machine. One unmeasured round warms up.
    """
    first, second = [], []
    for index in range(rounds + 1):
        if index % 2:
            a, b = measure(base), measure(other)
        else:
            b, a = measure(other), measure(base)
        if index:
            first.append(a)
            second.append(b)
    return Result(first, second)
