#!/usr/bin/env python3
"""Stacks through frames of all kinds are whole, also where how such a frame is left was found out before."""
import json
import os
import platform
import subprocess
import sys
import tempfile

KINDS = ["plain", "with_alloca", "aligned", "large"]
MORE = ["by_expression", "near_and_far", "by_register", "without_table", "after_return"]


def chain(lock):
    """The functions of the program that led to a lock's first use."""
    names = [frame["function"] for frame in lock["created"]["stack"]]
    return tuple(names[: names.index("main") + 1]) if "main" in names else tuple(names)


def main():
    library, gordian, program = (os.path.abspath(each) for each in sys.argv[1:4])
    kinds = KINDS + (MORE if platform.machine() == "x86_64" else [])
    with tempfile.TemporaryDirectory(prefix="gordian-walks-") as directory:
        environment = {**os.environ, "LD_PRELOAD": library, "GORDIAN_OPTIONS": "out=" + directory}
        subprocess.run([program], timeout=60, check=True, env=environment)
        report = subprocess.run([gordian, "report", "--format=json", directory], capture_output=True, text=True,
                                check=False).stdout
    found = [chain(lock) for lock in json.loads(report)["locks"]]
    for outer in ("first", "second", "third"):
        for kind in kinds:
            inner = (kind,)
            if kind == "by_register":
                inner = ("near_and_far" if outer == "third" else "near", kind)
            assert ("take", *inner, outer, "main") in found, (kind, outer, found)


if __name__ == "__main__":
    main()
