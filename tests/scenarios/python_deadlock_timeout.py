"""The near miss of python_deadlock.py: both sides give up after a time, and give back what they have."""
# EXPECT clean
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
        if b.acquire(timeout=0.2):
            b.release()


def two():
    with b:
        meet()
        if a.acquire(timeout=0.2):
            a.release()


threads = [threading.Thread(target=target) for target in (one, two)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
