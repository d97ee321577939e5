#!/usr/bin/env python3
"""Every acquisition is counted, however many situations there are and however long they last."""
import collections
import glob
import os
import re
import subprocess
import sys
import tempfile

# Locks and rounds: few; more than are near; more than an index of situations holds.
SIZES = [(5, 300), (120, 60), (3000, 20), (20000, 4), (220000, 2)]

NODE = re.compile(r"^(\d+) node .* lock=(@\d+) .* op=pthread_mutex_lock .* count=(\d+) ")
LOCK = re.compile(r"^(\d+) lock address=(0x[0-9a-f]+) ")
SLOT = re.compile(r"\{node=(@\d+) count=(\d+)\}")


def counted(dump):
    """Acquisitions by the address of the lock, as the trace has them."""
    own, slots, of, addresses = {}, collections.Counter(), {}, {}
    for line in dump.splitlines():
        if match := NODE.match(line):
            own["@" + match[1]], of["@" + match[1]] = int(match[3]), match[2]
        elif match := LOCK.match(line):
            addresses["@" + match[1]] = match[2]
        elif " counts " in line[:24]:
            for node, count in SLOT.findall(line):
                slots[node] += int(count)
    totals = collections.Counter()
    for node, count in own.items():
        totals[addresses[of[node]]] += count + slots[node]
    return totals


def main():
    library, gordian, program = (os.path.abspath(each) for each in sys.argv[1:4])
    for locks, rounds in SIZES:
        with tempfile.TemporaryDirectory(prefix="gordian-counted-") as directory:
            environment = {**os.environ, "LD_PRELOAD": library, "GORDIAN_OPTIONS": "out=" + directory}
            done = subprocess.run([program, str(locks), str(rounds)], capture_output=True, text=True,
                                  timeout=100, check=True, env=environment)
            dump = subprocess.run([gordian, "dump", *glob.glob(os.path.join(directory, "*"))],
                                  capture_output=True, text=True, check=True).stdout
        totals = counted(dump)
        assert "dropped" not in dump.splitlines()[0], dump.splitlines()[0]
        rest = sum(totals.values())
        for line in done.stdout.splitlines():
            address, count = line.split()
            if address == "-":
                assert rest == int(count), (locks, "short-lived", count, rest)
            else:
                assert totals[address] == int(count), (locks, line, totals[address])
                rest -= int(count)
        print(f"{locks} locks, {rounds} rounds: {sum(totals.values())} acquisitions")


if __name__ == "__main__":
    main()
