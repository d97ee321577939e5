"""pigz with two compressing threads, and back, where it reads, writes and checks in threads."""
from compress import there_and_back
from real import Judgement

PROGRAM = "pigz -p 2, pigz -d -p 2"
PACKAGES = {"pigz": "pigz"}
INPUT_BYTES = 16 << 20
BLOCK_BYTES = 128 << 10  # of pigz, unless told otherwise
THREADS = 4 + 2  # main, write and two that compress; main and at least one more
OPERATIONS = 3 * INPUT_BYTES // BLOCK_BYTES  # a block is taken, given back, and written
JUDGED = [
    # Not true, and not to be told from what is: thread_join_all of yarn.c waits, holding the lock of
    # the list of threads, only for threads that have put "done" into that list under it. When main
    # finds one there without having waited for it, nothing but that data shows the order.
    Judgement("join-order", [], "only threads that are done with the lock are joined under it"),
]


def drive(session):
    return there_and_back(session, INPUT_BYTES, ["pigz", "-n", "-p", "2", "-c"],
                          ["pigz", "-d", "-p", "2", "-c"], "packed.gz")
