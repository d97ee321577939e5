"""Two threads take two locks in opposite orders, but the second one is started when the first has
been joined: they never run at the same time. And the main thread takes them when it has joined the
second one, in the order of the first.
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
    thread = threading.Thread(target=target)
    thread.start()
    thread.join()
one()
