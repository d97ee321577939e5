#!/usr/bin/env python3
"""gaps.c as it was linked in one way: its names are known, and no header of it does harm.

usage: gaps.py GORDIAN PROGRAM whole|gaps
"""
import json
import os
import re
import struct
import subprocess
import sys
import tempfile

PT_NOTE = 4
NOWHERE = 0x10000000  # far behind the end of gaps.c, however it is linked


def check(condition, what):
    if not condition:
        sys.exit(f"FAIL: {what}")


def run(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=60, check=False)
    check(done.returncode == 0, f"{command} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def check_modules(dump, program, kind):
    """With gaps, each segment that an address turned up in is a module; all are the same file."""
    modules = re.findall(r"^\d+ module .*", dump, re.M)
    own = [line for line in modules if program in line]
    check((len(own) == 1) == (kind == "whole") and own, f"linked as {kind}, its modules are {own}")
    built = run("readelf", "--notes", program)
    build_id = re.search(r"Build ID: ([0-9a-f]+)", built)[1]
    check(all(build_id in line for line in own), f"no build-id {build_id} in {own}")


def check_names(report):
    locks = {lock["name"] for lock in report["locks"]}
    check(locks == {"first_lock", "second_lock"}, f"the locks are {sorted(locks)}")
    text = json.dumps(report["findings"])
    for function in ("take_both", "take_backward", "main"):
        check(f'"function": "{function}"' in text, f"{function} is in no stack: {text}")


def lead_notes_astray(program, copy):
    """A copy of the program, whose headers say that its notes lie where nothing is mapped."""
    with open(program, "rb") as file:
        image = bytearray(file.read())
    offset, count = struct.unpack_from("=Q", image, 32)[0], struct.unpack_from("=H", image, 56)[0]
    size, changed = struct.calcsize("=IIQQQQQQ"), 0
    for at in range(offset, offset + count * size, size):
        header = struct.unpack_from("=IIQQQQQQ", image, at)
        if (header[0], header[7]) == (PT_NOTE, 4):  # those aligned to 8 the loader reads
            struct.pack_into("=Q", image, at + 16, NOWHERE)
            changed += 1
    check(changed, "it has no notes")
    with open(copy, "wb") as file:
        file.write(image)
    os.chmod(copy, 0o755)


def check_astray(gordian, program, directory):
    """It runs by itself, so it runs when it is recorded."""
    copy = os.path.join(directory, "astray")
    lead_notes_astray(program, copy)
    run(copy)
    run(gordian, "record", "-o", os.path.join(directory, "astray.traces"), "--", copy)


def main():
    gordian, program, kind = sys.argv[1:]
    program = os.path.abspath(program)
    with tempfile.TemporaryDirectory() as directory:
        path, traces = os.path.join(directory, "report.json"), os.path.join(directory, "traces")
        run(gordian, "run", "--keep", traces, "--format", "json", "-o", path, "--", program)
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        dump = "".join(run(gordian, "dump", os.path.join(traces, name))
                       for name in os.listdir(traces))
        check_astray(gordian, program, directory)
    check_modules(dump, program, kind)
    check_names(report)


if __name__ == "__main__":
    main()
