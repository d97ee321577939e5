"""Conditions, events, semaphores, barriers and queues are made of locks that are handed over: no lock
of the program's is taken against its order, whatever happens inside.
"""
# EXPECT clean
# OUTPUT 1275 50
import queue
import threading

WORKERS = 3
condition, event = threading.Condition(threading.Lock()), threading.Event()
seats, barrier = threading.BoundedSemaphore(2), threading.Barrier(WORKERS)
numbers, results = queue.Queue(4), queue.SimpleQueue()
waiting = 0


def work():
    global waiting
    event.wait()
    while (number := numbers.get()) is not None:
        with seats:
            results.put(number)
    barrier.wait()
    with condition:
        waiting += 1
        condition.notify_all()
        condition.wait_for(lambda: waiting == WORKERS)


threads = [threading.Thread(target=work) for _ in range(WORKERS)]
for thread in threads:
    thread.start()
event.set()
for number in range(1, 51):
    numbers.put(number)
for thread in threads:
    numbers.put(None)
for thread in threads:
    thread.join()
print(sum(results.get() for _ in range(50)), 50)
