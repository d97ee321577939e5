"""Like python_deadlock.py, at the first use of the locks. A threading.Lock is a semaphore, which any thread
may release, and nobody was seen to release one of these; but all threads wait, so nobody else will.
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


threads = [threading.Thread(target=target) for target in (one, two)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
