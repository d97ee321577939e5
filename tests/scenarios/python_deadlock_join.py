"""The main thread joins a thread with the lock held that the thread needs: join waits until the thread
terminates (Library Reference, threading).
"""
# HANGS
# EXPECT deadlock-cycle observed
import threading
import time

lock = threading.Lock()
met = []


def meet():
    met.append(1)
    while len(met) < 2:
        time.sleep(0.001)


def work():
    meet()
    with lock:
        pass


with lock:
    pass
thread = threading.Thread(target=work)
thread.start()
with lock:
    meet()
    thread.join()
