"""A lock that one thread takes and another releases, which Python allows: it is a signal, and nobody
holds it. One thread takes b after it, the other takes it inside b.
"""
# EXPECT clean
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
    a.acquire()
    with b:
        pass
    stage = 1


def two():
    await_stage(1)
    a.release()
    with b:
        with a:
            pass


threads = [threading.Thread(target=target) for target in (one, two)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
