"""The near miss of python_join_order.py: the first thread is joined when the second one has been
started. The stage keeps them apart for a bounded time.
"""
# EXPECT lock-order potential
import threading
import time

a, b = threading.Lock(), threading.Lock()
stage = 0


def await_stage(number):
    """For a bounded time only, so that nothing rules out that the sides meet."""
    for _ in range(5000):
        if stage >= number:
            return
        time.sleep(0.001)


def one():
    global stage
    with a:
        with b:
            pass
    stage = 1


def two():
    await_stage(1)
    with b:
        with a:
            pass


first = threading.Thread(target=one)
second = threading.Thread(target=two)
first.start()
await_stage(1)
second.start()
first.join()
second.join()
