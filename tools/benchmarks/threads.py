"""Usage: threads.py ITEMS. Threads that share a queue, a lock and a condition."""

import queue
import sys
import threading

WORKERS = 4


def work(items, lock, totals):
    while (item := items.get()) is not None:
        value = sum(range(item % 50))
        with lock:
            totals[item % 10] = totals.get(item % 10, 0) + value


def main():
    items, lock, totals = queue.Queue(maxsize=100), threading.Lock(), {}
    threads = [threading.Thread(target=work, args=(items, lock, totals)) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for item in range(int(sys.argv[1])):
        items.put(item)
    for _ in threads:
        items.put(None)
    for thread in threads:
        thread.join()
    print(sorted(totals.items()))


main()
