"""Debian's Python with pools of threads: pool_program.py, started as a module."""
from real import HERE

PROGRAM = "python3 -m, concurrent.futures"
PACKAGES = {"/usr/bin/python3": "python3"}
THREADS = 1 + 4 + 2  # main, a pool, asyncio's and the one that serves
OPERATIONS = 500
JUDGED = []


def drive(session):
    code, out, err = session.run("/usr/bin/python3", "-B", "-m", "pool_program",
                                 environment={"PYTHONPATH": HERE})
    return {"exit code": code, "standard output": out, "standard error": err}
