#!/usr/bin/env python3
"""A signal handler that jumps out of the recorder costs one operation, and nothing false is held."""
import glob
import os
import re
import subprocess
import sys
import tempfile

CANNOT = 77  # there is no stepping here


def record(library, program, directory):
    return subprocess.run([program, library, "hold=exact:out=" + directory], capture_output=True,
                          text=True, timeout=100, check=False)


def faults(dump, report, alone, rounds):
    """What is wrong with the recording of so many rounds."""
    lock = re.search(rf"^(\d+) lock address={alone} ", dump, re.M).group(1)
    nodes = re.findall(rf"^(\d+) node .* parent=(\S+) lock=@{lock} .* count=(\d+) ", dump, re.M)
    count = sum(int(own) + sum(map(int, re.findall(rf"{{node=@{node} count=(\d+)[ }}]", dump)))
                for node, _, own in nodes)
    dropped = re.search(r"dropped_nested=(\d+)", dump)
    if any(parent != "-" for _, parent, _ in nodes):
        yield "taken inside locks that had been given back"
    if count != rounds:
        yield f"{count} of {rounds} acquisitions recorded"
    if not dropped or not 0 < int(dropped.group(1)) <= rounds:
        yield f"{dropped and dropped.group(1)} operations dropped in {rounds} jumps"
    if re.search(r"^\d+ held .*\{lock=", dump, re.M):
        yield "something is held at the end"
    if "nothing found" not in report:
        yield "findings:\n" + report


def main():
    library, gordian, program = (os.path.abspath(each) for each in sys.argv[1:4])
    with tempfile.TemporaryDirectory(prefix="gordian-jumps-") as directory:
        done = record(library, program, directory)
        if done.returncode:
            print(f"ended with {done.returncode}: {done.stderr}")
            return CANNOT if done.returncode == CANNOT else 1
        traces = glob.glob(os.path.join(directory, "*"))
        dump, report = (subprocess.run([gordian, command, *traces], capture_output=True, text=True,
                                       check=False).stdout for command in ("dump", "report"))
    alone, rounds = done.stdout.split()
    found = list(faults(dump, report, alone, int(rounds)))
    print(f"{rounds} rounds", *found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
