#!/usr/bin/env python3
"""What a thread is blocked on stands in the trace while it is: who reads the trace of a process that
hangs, or was killed, finds it."""
import os
import re
import subprocess
import sys
import tempfile


def held_records(gordian, trace):
    text = subprocess.run([gordian, "dump", trace], check=True, capture_output=True,
                          text=True).stdout
    for line in text.splitlines():
        if re.match(r"\S+ held ", line):
            yield dict(word.split("=", 1) for word in re.findall(r"want\w*=\S+", line))


def main():
    library, gordian, program = (os.path.abspath(each) for each in sys.argv[1:4])
    with tempfile.TemporaryDirectory(prefix="gordian-waits-") as directory:
        environment = dict(os.environ, LD_PRELOAD=library, GORDIAN_OPTIONS="out=" + directory)
        done = subprocess.run([program], env=environment, capture_output=True, text=True,
                              timeout=60, check=False)
        traces = [os.path.join(directory, name) for name in os.listdir(directory)]
        published = [record for trace in traces for record in held_records(gordian, trace)]
    expected = [line.split() for line in done.stdout.splitlines()]
    if not expected or done.returncode != -9:
        sys.exit(f"the program ended with {done.returncode}: {done.stderr}")
    bad = 0
    for op, want, mutex in expected:
        found = [record for record in published if int(record["want"], 0) and
                 (int(record["want"], 0) == int(want, 0) or
                  int(want, 0) == 0 and record["want_op"] == op)]
        good = len(found) == 1 and found[0]["want_op"] == op and \
            int(found[0]["want_mutex"], 0) == int(mutex, 0) and \
            found[0]["want_since"] != "0" and found[0]["want_stack"] != "-"
        if not good:
            print(f"operation {op} on {want}: {found}")
            bad += 1
    print(f"{len(expected) - bad} waits published")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
