"""The near miss of python_lock_abba.py: both threads take the locks in the same order."""
# EXPECT clean
import threading

a, b = threading.Lock(), threading.Lock()


def one():
    with a:
        with b:
            pass


two = one
threads = [threading.Thread(target=target) for target in (one, two)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
