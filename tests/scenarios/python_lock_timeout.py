"""One thread holds b and wants a for a bounded time only; then it gives b back. In this run it has to
wait: the other thread keeps a until then.
"""
# EXPECT lock-order discharged timed
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
        await_stage(2)


def two():
    global stage
    await_stage(1)
    while True:
        with b:
            if a.acquire(timeout=0.01):
                a.release()
                return
        stage = 2


threads = [threading.Thread(target=target) for target in (one, two)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
