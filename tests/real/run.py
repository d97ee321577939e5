#!/usr/bin/env python3
"""Runs the tests of real programs: one by name, or all of them with --table."""
import argparse
import importlib
import os
import subprocess
import sys

sys.dont_write_bytecode = True
from real import HERE, SKIPPED, Failure, Skip, test  # noqa: E402

COLUMNS = ("program", "lock operations", "nodes", "locks", "threads", "processes", "findings")


def names():
    """Every driver of this directory: a module with a function drive."""
    found = []
    for file in sorted(os.listdir(HERE)):
        with open(os.path.join(HERE, file), encoding="utf-8") as source:
            if file.endswith(".py") and file != "real.py" and "\ndef drive(session):" in source.read():
                found.append(file[:-3])
    return found


def one(name, options):
    """Exit code, and what there is to say."""
    try:
        row = test(importlib.import_module(name), options)
    except Skip as skip:
        return SKIPPED, f"SKIP {name}: {skip}"
    except (Failure, OSError, ValueError, subprocess.SubprocessError) as failure:
        return 1, f"FAIL {name}: {type(failure).__name__}: {failure}"
    return 0, row


def line(cells):
    return "| " + " | ".join(cells) + " |"


def cell(value):
    return f"{value:,}".replace(",", " ") if isinstance(value, int) else value


def table(options):
    """The whole table in markdown; what failed stands on standard error."""
    worst = 0
    print(line(COLUMNS))
    print(line(["---:" if name in COLUMNS[1:-1] else "---" for name in COLUMNS]))
    for name in names():
        code, result = one(name, options)
        if code:
            print(result, file=sys.stderr)
            worst = max(worst, code == 1)
        else:
            print(line([cell(result[column]) for column in COLUMNS]), flush=True)
    return int(worst)


def check_listed(listed):
    missing = sorted(set(names()) ^ set(listed))
    if missing:
        print(f"the build and this directory differ: {', '.join(missing)}")
    return 1 if missing else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", help="the driver, without .py")
    parser.add_argument("--gordian", help="the gordian command")
    parser.add_argument("--programs", help="where the programs built for these tests are "
                        "(default: tests/real beside the directory of the gordian command)")
    parser.add_argument("--table", action="store_true", help="all of them, as a markdown table")
    parser.add_argument("--listed", nargs="*", help="fail if these are not all there are")
    parser.add_argument("--keep", action="store_true", help="keep the working directory")
    options = parser.parse_args()
    if options.listed is not None:
        return check_listed(options.listed)
    if not options.gordian or bool(options.name) == options.table:
        parser.error("--gordian, and a name or --table, are needed")
    options.gordian = os.path.abspath(options.gordian)
    beside = os.path.join(os.path.dirname(options.gordian), os.pardir, "tests", "real")
    options.programs = os.path.abspath(options.programs or beside)
    if options.table:
        return table(options)
    code, result = one(options.name, options)
    print(result if code else "  ".join(f"{name}: {cell(value)}" for name, value in result.items()))
    return code


if __name__ == "__main__":
    sys.exit(main())
