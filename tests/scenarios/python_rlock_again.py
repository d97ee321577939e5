"""The near miss of python_rlock_abba.py: the second thread holds a when it takes b, and only enters a
once more inside. It waits for nothing there.
"""
# EXPECT clean
import threading

a, b = threading.RLock(), threading.RLock()


def one():
    with a:
        with b:
            pass


def two():
    with a:
        with b:
            with a:
                pass


threads = [threading.Thread(target=target) for target in (one, two)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
