"""The Python on PATH, whatever it is (a shell script that starts another one, where pyenv is), with
threads: threads_program.py.
"""
from python_session import OPERATIONS, THREADS, run_threads

PROGRAM = "python3 on PATH, threading"
PACKAGES = {"python3": "python3"}
JUDGED = []


def drive(session):
    return run_threads(session, "python3")
