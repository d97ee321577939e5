#!/usr/bin/env python3
"""The recorder sees deadlocks as they happen, whatever they are made of, and none where there is none."""
import os
import re
import signal
import subprocess
import sys
import tempfile

# How many threads wait for each other; 0: it is no deadlock.
CIRCLES = {"reader": 2, "writer": 2, "upgrade": 1, "writer-first": 2, "spin": 2, "once": 2,
           "join": 2, "joined": 2, "joins": 2, "healthy": 0}


def run(library, gordian, program, name):
    """The exit code, and how many steps each deadlock record says that there are."""
    with tempfile.TemporaryDirectory(prefix="gordian-circles-") as directory:
        environment = dict(os.environ, LD_PRELOAD=library,
                           GORDIAN_OPTIONS="on_deadlock=abort:out=" + directory)
        done = subprocess.run([program, name], env=environment, capture_output=True, timeout=60,
                              check=False)
        text = "".join(subprocess.run([gordian, "dump", os.path.join(directory, trace)], check=True,
                                      capture_output=True, text=True).stdout
                       for trace in os.listdir(directory))
    return done.returncode, [int(steps) for steps in
                             re.findall(r"^\d+ deadlock .* steps=(\d+) ", text, re.M)]


def main():
    library, gordian, program, cancelled, many = (os.path.abspath(each) for each in sys.argv[1:6])
    bad = 0
    # A join that another thread cancels is noted, and the program goes on to its end.
    code, steps = run(library, gordian, cancelled, "cancelled")
    if code != 0 or steps != [2, 2]:
        print(f"cancelled: ended with {code}, steps {steps}, expected its end, and 2")
        bad += 1
    # So are many, up to a number; what is for ever is seen after more of them, too.
    code, steps = run(library, gordian, many, "many")
    if code != -signal.SIGABRT or steps != [2, 2] * 64:
        print(f"many: ended with {code}, steps {steps}, expected to be aborted")
        bad += 1
    for name, count in CIRCLES.items():
        code, steps = run(library, gordian, program, name)
        if code == (-signal.SIGABRT if count else 0) and steps == [count] * count:
            continue
        print(f"{name}: ended with {code}, steps {steps}, expected {count}")
        bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
