#!/usr/bin/env python3
"""Stacks through a library that lies where another one was are as whole as through the first."""
import collections
import os
import re
import subprocess
import sys
import tempfile

ROUNDS, DEPTHS = 4, 4


def main():
    preloaded, gordian, program, *libraries = (os.path.abspath(each) for each in sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="gordian-reloaded-") as directory:
        environment = {**os.environ, "LD_PRELOAD": preloaded, "GORDIAN_OPTIONS": "out=" + directory}
        subprocess.run([program, *libraries], timeout=60, check=True, env=environment)
        trace = os.path.join(directory, os.listdir(directory)[0])
        dump = subprocess.run([gordian, "dump", trace], capture_output=True, text=True, check=True).stdout
    lengths = collections.Counter(int(count) for count in re.findall(r" stack .*?\bcount=(\d+)", dump))
    shortest = min(lengths)
    times = ROUNDS * len(libraries)
    assert lengths == {shortest + depth: times for depth in range(DEPTHS)}, lengths


if __name__ == "__main__":
    main()
