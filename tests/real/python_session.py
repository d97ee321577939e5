"""What the tests of Python share."""
import os

from real import HERE

THREADS = 1 + 4 + 4 + 1  # a pool starts as many threads as it finds work for
OPERATIONS = 4 * 20  # who waits for a condition hands the interpreter over, each time


def run_threads(session, python):
    code, out, err = session.run(python, "-B", os.path.join(HERE, "threads_program.py"))
    return {"exit code": code, "standard output": out, "standard error": err}
