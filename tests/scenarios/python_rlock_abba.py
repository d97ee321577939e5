"""Two re-entrant locks in opposite orders, each entered twice by its thread."""
# EXPECT lock-order potential
import threading
import time

a, b = threading.RLock(), threading.RLock()
stage = 0


def await_stage(number):
    """For a bounded time only, so that nothing rules out that the sides meet."""
    for _ in range(5000):
        if stage >= number:
            return
        time.sleep(0.001)


def one():
    global stage
    with a, a:
        with b, b:
            pass
    stage = 1


def two():
    await_stage(1)
    with b, b:
        with a, a:
            pass


threads = [threading.Thread(target=target) for target in (one, two)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
