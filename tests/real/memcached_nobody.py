"""The same, started as root and running as nobody: the trace is opened with privileges that the
process gives up before it has threads.
"""
import os

from memcached_load import OPERATIONS, THREADS, run_load
from real import Skip

PROGRAM = "memcached -t 2 -u nobody"
PACKAGES = {"memcached": "memcached"}
JUDGED = []


def drive(session):
    if os.getuid():
        raise Skip("only root can give up privileges")
    os.mkdir(session.path("open"))
    os.chmod(session.directory, 0o711)
    os.chmod(session.path("open"), 0o777)
    return run_load(session, session.path("open/socket"), ("-u", "nobody"))
