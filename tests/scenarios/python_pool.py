"""A pool of threads whose tasks take one lock, submit to the pool, and wait for results without it."""
# EXPECT clean
# OUTPUT 4950
import concurrent.futures
import threading

lock = threading.Lock()
total = 0


def add(number):
    global total
    with lock:
        total += number
    return number


with concurrent.futures.ThreadPoolExecutor(4) as pool:
    futures = [pool.submit(add, number) for number in range(100)]
    with lock:
        more = pool.submit(add, 0)
    more.result()
    concurrent.futures.wait(futures)
print(total)
