"""Threads that share a queue, a lock and a condition, all in one order. CPython's threading.Lock is a
semaphore that starts at 1; its interpreter lock is a mutex with a condition, and the allocator and the
import system have locks of their own.
"""
# EXPECT clean
# THREADS >=5
# OUTPUT 4950
import queue
import threading

numbers = queue.Queue(maxsize=4)
lock = threading.Lock()
total = 0


def consume():
    global total
    while (number := numbers.get()) is not None:
        with lock:
            total += number


threads = [threading.Thread(target=consume) for _ in range(4)]
for thread in threads:
    thread.start()
for number in range(100):
    numbers.put(number)
for thread in threads:
    numbers.put(None)
for thread in threads:
    thread.join()
print(total)
