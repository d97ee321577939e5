"""Six hundred threads in turn. While one in the middle runs, which takes the locks the other way round than
the first thread, that one takes them. The stage keeps them apart for a bounded time.
"""
# EXPECT lock-order potential
# THREADS 601
# TRACE <=3072
import threading
import time

a, b = threading.Lock(), threading.Lock()
stage = 0


def await_stage(number):
    """For a bounded time only, so that nothing rules out that the sides meet."""
    for _ in range(5000):
        if stage >= number:
            return
        time.sleep(0.001)


def work(number):
    global stage
    with b:
        pass
    if number == 400:
        with b:
            with a:
                pass
        stage = 1


for number in range(600):
    thread = threading.Thread(target=work, args=(number,))
    thread.start()
    if number == 400:
        await_stage(1)
        with a:
            with b:
                pass
    thread.join()
