"""Two locks in opposite orders by two threads that exist at the same time. CPython's Lock.acquire tries
its semaphore first and waits for it when that fails: a try that succeeded was a request all the same.
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


threads = [threading.Thread(target=target) for target in (one, two)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
