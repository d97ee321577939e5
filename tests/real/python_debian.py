"""Debian's Python with threads: threads_program.py."""
from python_session import OPERATIONS, THREADS, run_threads

PROGRAM = "/usr/bin/python3, threading"
PYTHON = "/usr/bin/python3"
PACKAGES = {PYTHON: "python3"}
JUDGED = []


def drive(session):
    return run_threads(session, PYTHON)
