#!/usr/bin/env python3
"""annotations.c as it was built in one way: runs by itself, and if it can be recorded, is recorded.

usage: annotations.py GORDIAN PROGRAM recorded|silent|static
"""
import json
import os
import re
import subprocess
import sys
import tempfile

ROUNDS = 3  # of annotations.c


def check(condition, what):
    if not condition:
        sys.exit(f"FAIL: {what}")


def run(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=60, check=False)
    check(done.returncode == 0, f"{command} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def check_report(report):
    locks = {lock["name"]: lock for lock in report["locks"]}
    check(set(locks) == {"outer lock", "inner"}, f"the locks are {sorted(locks)}")
    outer = locks["outer lock"]
    check((outer["kind"], outer["class"], outer["level"]) == ("custom", "outer class", -1),
          f"outer is {outer}")
    for name, lock in locks.items():
        check((lock["acquisitions"], lock["contended"]) == (2, 1), f"{name} is {lock}")
    check(report["coverage"]["ignored"] == 2, f"ignored: {report['coverage']['ignored']}")
    findings = [(each["verdict"], each["reason"]) for each in report["findings"]]
    check(findings == [("discharged", "single-thread")], f"the findings are {findings}")


def check_order(dump):
    """Happens-before is in the trace, as often as it was said."""
    said = re.findall(r" sync thread=\S+ stack=@\d+ object=0x[0-9a-f]+ after=(\d) .* count=(\d+)",
                      dump)
    # Where the loop is unrolled, each round has a place, and a record, of its own.
    total = {after: sum(int(count) for each, count in said if each == after) for after in "01"}
    check(total == {"0": ROUNDS, "1": ROUNDS}, f"sync records: {said}")


def main():
    gordian, program, kind = sys.argv[1:]
    check(run(program) == "done\n", "its output is not what it should be")
    if kind == "static":
        return
    with tempfile.TemporaryDirectory() as directory:
        path, traces = os.path.join(directory, "report.json"), os.path.join(directory, "traces")
        out = run(gordian, "run", "--keep", traces, "--format", "json", "-o", path, "--", program)
        check(out == "done\n", "its output is not the same when recorded")
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        dump = "".join(run(gordian, "dump", os.path.join(traces, name))
                       for name in os.listdir(traces))
    if kind == "silent":
        check(not report["locks"], "there are annotations though they were turned off")
        return
    check_report(report)
    check_order(dump)


if __name__ == "__main__":
    main()
