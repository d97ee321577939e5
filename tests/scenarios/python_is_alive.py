"""A thread takes a lock; the main thread asks with the lock taken whether that thread is alive, during
and after its life. Thread.is_alive tries a lock that the thread holds from its start to its end, and
never waits for it.
"""
# EXPECT lock-order discharged try-lock
import threading
import time

lock = threading.Lock()
stage = 0


def await_stage(number):
    """For a bounded time only, so that nothing rules out that the sides meet."""
    for _ in range(5000):
        if stage >= number:
            return
        time.sleep(0.001)


def work():
    global stage
    with lock:
        pass
    stage = 1
    await_stage(2)


thread = threading.Thread(target=work)
thread.start()
await_stage(1)
with lock:
    assert thread.is_alive()
stage = 2
while True:
    with lock:
        if not thread.is_alive():
            break
    time.sleep(0.001)
