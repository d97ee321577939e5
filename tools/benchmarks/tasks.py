"""Usage: tasks.py TASKS. A thread for each task, as in a server that has one for each request."""

import sys
import threading

AT_ONCE = 4


def work(task, lock, totals):
    value = sum(range(task % 200))
    with lock:
        totals[task % 10] = totals.get(task % 10, 0) + value


def main():
    lock, totals = threading.Lock(), {}
    for first in range(0, int(sys.argv[1]), AT_ONCE):
        threads = [threading.Thread(target=work, args=(first + i, lock, totals))
                   for i in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    print(sorted(totals.items()))


main()
