"""As python_join_order.py, with threads of which nobody else waits for the end, and that are asked
first whether they still run.
"""
# EXPECT lock-order discharged sync-order
import threading

a, b = threading.Lock(), threading.Lock()


def one():
    with a:
        with b:
            pass


def two():
    with b:
        with a:
            pass


for target in (one, two):
    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join()
