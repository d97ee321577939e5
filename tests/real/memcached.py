"""memcached with two worker threads, under a bounded load of several connections."""
import os

from memcached_load import OPERATIONS, THREADS, run_load

PROGRAM = "memcached -t 2"
PACKAGES = {"memcached": "memcached"}
JUDGED = []


def drive(session):
    return run_load(session, session.path("socket"), () if os.getuid() else ("-u", "root"))
