"""xz with two threads, and back with two threads (the input is several blocks)."""
from compress import there_and_back

PROGRAM = "xz -T2, xz -d -T2"
PACKAGES = {"xz": "xz-utils"}
INPUT_BYTES = 6 << 20
BLOCK_BYTES = 1 << 20
THREADS = 3 + 3
OPERATIONS = 2 * 2 * INPUT_BYTES // BLOCK_BYTES  # a block goes to a thread and comes back
JUDGED = []


def drive(session):
    return there_and_back(session, INPUT_BYTES,
                          ["xz", "-z", "-k", "-c", "-2", "-T2", f"--block-size={BLOCK_BYTES}"],
                          ["xz", "-d", "-k", "-c", "-T2"], "packed.xz")
