"""The program that the Python tests record: threads with a lock, a re-entrant lock, a condition, a
semaphore, an event, a queue, a barrier and a pool of threads. What it prints does not depend on how
they meet. It is bounded by counts.
"""
import concurrent.futures
import hashlib
import queue
import threading
import zlib

WORKERS = 4
ROUNDS = 400


class Bank:
    """Accounts behind one re-entrant lock."""

    def __init__(self):
        self.lock = threading.RLock()
        self.amounts = [100] * 8

    def add(self, account, amount):
        with self.lock:
            self.amounts[account] += amount

    def move(self, source, target, amount):
        with self.lock:
            self.add(source, -amount)
            self.add(target, amount)


class Turns:
    """Workers take turns, by a condition."""

    def __init__(self):
        self.condition = threading.Condition()
        self.turn = 0
        self.taken = []

    def take(self, number):
        with self.condition:
            self.condition.wait_for(lambda: self.turn % WORKERS == number)
            self.taken.append(number)
            self.turn += 1
            self.condition.notify_all()


def compress_all(numbers, results):
    """zlib and hashlib let go of the interpreter lock for large input."""
    while (number := numbers.get()) is not None:
        text = str(number).encode() * 2000
        results.put((number, hashlib.sha256(zlib.compress(text)).hexdigest()))


def run_workers():
    bank, turns = Bank(), Turns()
    start, seats, barrier = threading.Event(), threading.Semaphore(2), threading.Barrier(WORKERS)

    def work(number):
        start.wait()
        for turn in range(ROUNDS):
            with seats:
                bank.move((turn + number) % 8, (turn * 3 + 1) % 8, number + 1)
            if turn % 20 == 0:
                turns.take(number)
        barrier.wait()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(WORKERS)]
    for thread in threads:
        thread.start()
    start.set()
    for thread in threads:
        thread.join()
    print(sum(bank.amounts), bank.amounts)
    print("".join(map(str, turns.taken)))


def run_queue():
    numbers, results = queue.Queue(maxsize=8), queue.Queue()
    threads = [threading.Thread(target=compress_all, args=(numbers, results))
               for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for number in range(ROUNDS):
        numbers.put(number)
    for _ in threads:
        numbers.put(None)
    for thread in threads:
        thread.join()
    found = sorted(results.get() for _ in range(ROUNDS))
    print(hashlib.sha256(repr(found).encode()).hexdigest())


def run_pool():
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        print(sum(pool.map(lambda number: zlib.crc32(b"x" * number), range(ROUNDS))))


run_workers()
run_queue()
run_pool()
