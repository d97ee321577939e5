#!/usr/bin/env python3
"""vfork is the C library's under the recorder, or that of the library in front of it.

usage: vforks.py RECORDER GORDIAN PROGRAM OTHER
"""
import os
import subprocess
import sys
import tempfile

RECORDER, GORDIAN, PROGRAM, OTHER = (os.path.abspath(path) for path in sys.argv[1:])


def run(*command, **variables):
    done = subprocess.run(command, stdout=subprocess.PIPE, timeout=60, check=False, text=True,
                          env={**os.environ, **variables})
    assert done.returncode == 0, (command, variables, done.returncode)
    return done.stdout


def main():
    for calls, libraries in (("-1", []), ("1", [OTHER])):
        run(PROGRAM, calls, LD_PRELOAD=":".join(libraries))
        with tempfile.TemporaryDirectory() as directory:
            run(PROGRAM, calls, LD_PRELOAD=":".join([RECORDER, *libraries]),
                GORDIAN_OPTIONS=f"out={directory}")
            (trace,) = os.listdir(directory)
            header = run(GORDIAN, "dump", os.path.join(directory, trace)).splitlines()[0]
        assert "end=exit end_value=0 " in header, header


if __name__ == "__main__":
    main()
