#!/usr/bin/env python3
"""A program that confines itself with seccomp is not killed for what the recorder does."""
import os
import re
import signal
import subprocess
import sys
import tempfile

RECORDER, GORDIAN, PROGRAM = sys.argv[1:]


def run(command, **variables):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
                          check=False, text=True, env={**os.environ, **variables})
    return done.returncode, done.stdout, done.stderr


def check(how, directory):
    """Runs it so, and returns what was dumped of the trace; None: it cannot be run here."""
    plain = run([PROGRAM, how])
    if plain[0] == 77:
        return None
    assert plain == (3, "done\n", ""), plain
    recorded = run([PROGRAM, how], LD_PRELOAD=RECORDER, GORDIAN_OPTIONS=f"out={directory}")
    assert recorded == plain, (how, recorded, signal.strsignal(-recorded[0]) if recorded[0] < 0
                               else "")
    (trace,) = os.listdir(directory)
    code, dump, errors = run([GORDIAN, "dump", os.path.join(directory, trace)])
    assert code == 0, errors
    return dump


def main():
    for how in ("prctl", "syscall", "most", "strict", "fork", "vfork"):
        with tempfile.TemporaryDirectory() as directory:
            dump = check(how, directory)
        if dump is None:
            print(f"NOT TESTED: {how}")
            continue
        header = dump.splitlines()[0]
        # The trace is that of the process itself, and tells its end. A child that may not ask for its
        # number has none, and is counted.
        assert ("end=exit end_value=3" in header) == (how != "strict"), (how, header)
        assert ("dropped_process=1" in header) == (how == "fork"), (how, header)
        if how == "vfork":
            assert len(re.findall(r" node .*", dump)) >= 4000, (how, header)
        # Strict mode takes everything; else the locks taken afterwards are there, with their callers.
        stacks = [line for line in dump.splitlines() if " stack " in line]
        deep = [line for line in stacks if line.count(" 0x") >= 2]
        assert ("dropped" in dump) == (how not in ("most", "vfork")), (how, dump[:300])
        assert bool(deep) == (how != "strict"), (how, stacks[:3])
        print(how, len(stacks), "stacks")


main()
