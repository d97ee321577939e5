"""Two locks of Python in opposite orders: acquire blocks until the lock is unlocked (Library Reference,
threading). A threading.Lock of CPython is a semaphore; both were seen to be given back by who took them.
"""
# HANGS
# EXPECT deadlock-cycle observed
import threading
import time

a, b = threading.Lock(), threading.Lock()
met = []


def meet():
    met.append(1)
    while len(met) < 2:
        time.sleep(0.001)


def one():
    with a:
        meet()
        with b:
            pass


def two():
    with b:
        meet()
        with a:
            pass


for lock in a, b:
    with lock:
        pass
threads = [threading.Thread(target=target) for target in (one, two)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
