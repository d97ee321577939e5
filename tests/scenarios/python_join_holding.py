"""The near miss of python_is_alive.py: the main thread waits for the thread's end with the lock taken.
If the thread had not yet had its turn with the lock, both would wait for ever. (In this run it had.)
"""
# EXPECT lock-order potential
import sys
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


def await_joining():
    """Until the main thread has been seen inside of join for a while."""
    seen = 0
    while seen < 100:
        frame = sys._current_frames()[threading.main_thread().ident]
        seen = seen + 1 if frame.f_code.co_name == "_wait_for_tstate_lock" else 0
        time.sleep(0.001)


def work():
    global stage
    with lock:
        pass
    stage = 1
    await_joining()


thread = threading.Thread(target=work)
thread.start()
await_stage(1)
with lock:
    thread.join()
