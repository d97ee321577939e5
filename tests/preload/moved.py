#!/usr/bin/env python3
"""A library whose program headers lie where they are not in memory is recorded all the same.

usage: moved.py GORDIAN PROGRAM LIBRARY
"""
import json
import os
import struct
import subprocess
import sys
import tempfile

HEADER = "=IIQQQQQQ"
PT_DYNAMIC = 2
NOWHERE = 0x1000000  # far behind the end of the library


def check(condition, what):
    if not condition:
        sys.exit(f"FAIL: {what}")


def run(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=60, check=False)
    check(done.returncode == 0, f"{command} ended with {done.returncode}: {done.stderr}")


def move_headers(library, copy):
    """Puts the table far behind the end of a copy; those in its place lead out of the library."""
    with open(library, "rb") as file:
        image = bytearray(file.read())
    offset, count = struct.unpack_from("=Q", image, 32)[0], struct.unpack_from("=H", image, 56)[0]
    size = count * struct.calcsize(HEADER)
    table = bytes(image[offset:offset + size])
    place = NOWHERE
    image.extend(bytes(place - len(image)))
    image.extend(table)
    for at in range(offset, offset + size, struct.calcsize(HEADER)):
        struct.pack_into(HEADER, image, at, PT_DYNAMIC, 4, 0, NOWHERE, NOWHERE, 4096, 4096, 8)
    struct.pack_into("=Q", image, 32, place)
    with open(copy, "wb") as file:
        file.write(image)


def record(gordian, program, library, directory):
    run(program, library)
    path = os.path.join(directory, "report.json")
    run(gordian, "run", "--format", "json", "-o", path, "--fail-on", "none", "--", program, library)
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main():
    gordian, program, library = sys.argv[1:]
    with tempfile.TemporaryDirectory() as directory:
        usual = record(gordian, program, os.path.abspath(library), directory)
        copy = os.path.join(directory, "moved.so")
        move_headers(library, copy)
        moved = record(gordian, program, copy, directory)
    names = {lock["name"] for lock in usual["locks"]}
    check(names == {"first_lock", "second_lock"}, f"the locks are {sorted(names)}")
    for report in usual, moved:
        check(len(report["locks"]) == 2, f"the locks are {report['locks']}")
        check(len(report["findings"]) == 1, f"the findings are {report['findings']}")


if __name__ == "__main__":
    main()
