"""pigz with two compressing threads, and back, where it reads, writes and checks in threads. It joins
its threads holding the lock of their list, but only those that put "done" into it under that lock.
"""
from compress import there_and_back

PROGRAM = "pigz -p 2, pigz -d -p 2"
PACKAGES = {"pigz": "pigz"}
INPUT_BYTES = 16 << 20
BLOCK_BYTES = 128 << 10  # of pigz, unless told otherwise
THREADS = 4 + 2  # main, write and two that compress; main and at least one more
OPERATIONS = 3 * INPUT_BYTES // BLOCK_BYTES  # a block is taken, given back, and written
JUDGED = []


def drive(session):
    return there_and_back(session, INPUT_BYTES, ["pigz", "-n", "-p", "2", "-c"],
                          ["pigz", "-d", "-p", "2", "-c"], "packed.gz")
