"""The load for memcached: connections at the same time, each with keys of its own and all with one
counter, so that every answer is known. More keys than the small hash table is made for, so that it
grows meanwhile; then the crawler thread lists them all.

What memcached leaves to chance is waited for. Before the hash table grows, its thread makes the
workers stop at a mutex; a worker that is still about to go on from there when memcached is told to
shut down finds the mutex taken again, never hears of the shutdown, and memcached hangs. And the
crawler passes over keys that are moved from one list to another meanwhile.
"""
import socket
import threading
import time

from real import expect

CONNECTIONS = 4
ROUNDS = 2000
OPERATIONS = CONNECTIONS * ROUNDS * 4  # each command locks the item's hash bucket
THREADS = 3 + 4  # main and two workers; hash table, crawler, LRU and slab maintenance
WORKERS = 2
HASH_POWER = 12  # to begin with
SERVER = ["memcached", "-t", str(WORKERS), "-A", "-o", f"hashpower={HASH_POWER}"]
ANSWER_SECONDS = 30
SETTLE_SECONDS = 20


class Connection:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(ANSWER_SECONDS)
        self.socket.connect(path)
        self.file = self.socket.makefile("rwb")

    def send(self, text):
        self.file.write(text.encode())
        self.file.flush()

    def expect(self, *lines):
        for text in lines:
            line = self.file.readline().decode().rstrip()
            expect(line == text, f"memcached answered {line!r}, not {text!r}")

    def until_end(self):
        lines = []
        while (line := self.file.readline().decode().rstrip()) not in ("END", ""):
            lines.append(line)
        return lines

    def close(self):
        self.file.close()
        self.socket.close()


def one_connection(path, number):
    connection = Connection(path)
    for turn in range(ROUNDS):
        key, value = f"key-{number}-{turn}", f"{turn * 7919:08}"
        connection.send(f"set {key} 0 0 8\r\n{value}\r\nget {key}\r\nincr {key} 1\r\n"
                        "incr counter 1 noreply\r\ntouch counter 0\r\n")
        connection.expect("STORED", f"VALUE {key} 0 8", value, "END")
        connection.expect(str(turn * 7919 + 1).rjust(1), "TOUCHED")
    connection.close()


def all_connections(path):
    """The first failure of any of them, or None."""
    failures = []

    def guarded(number):
        try:
            one_connection(path, number)
        except Exception as failure:  # whatever it is, it is handed on
            failures.append(failure)

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def statistics(connection):
    connection.send("stats\r\n")
    return dict(line.split(" ")[1:3] for line in connection.until_end())


def counts(connection):
    values = statistics(connection)
    return {name: values[name] for name in ("cmd_get", "cmd_set", "get_hits", "incr_hits",
                                            "curr_items", "threads")}


def settle(what, settled):
    """Waits until settled()."""
    until = time.monotonic() + SETTLE_SECONDS
    while not settled():
        expect(time.monotonic() < until, f"{what} not after {SETTLE_SECONDS} s")
        time.sleep(0.02)


def wait_for_growth(path):
    """Until each worker has gone on after the hash table was replaced: each has said so itself.
    Connections are dealt out to the workers in turn."""
    for _ in range(WORKERS):
        connection = Connection(path)

        def grown():
            values = statistics(connection)
            return (int(values["hash_power_level"]) > HASH_POWER
                    and values["hash_is_expanding"] == "0")

        settle("the hash table had grown", grown)
        connection.close()


def list_keys(connection):
    """All keys, from the crawler."""
    expected = CONNECTIONS * ROUNDS + 1
    keys = set()

    def all_listed():
        connection.send("lru_crawler metadump all\r\n")
        keys.update(line.split()[0] for line in connection.until_end())
        return len(keys) >= expected

    settle("all keys were listed", all_listed)
    return sorted(keys)


def run_load(session, path, more=()):
    """Starts the server with its socket at `path`, loads it, ends it."""
    server = session.start(*SERVER, "-s", path, "-a", "777", *more)
    session.wait_until(lambda: Connection(path), server)
    connection = Connection(path)
    connection.send("set counter 0 0 1\r\n0\r\n")
    connection.expect("STORED")
    all_connections(path)
    connection.send("get counter\r\n")
    result = {"counter": connection.until_end(), "statistics": counts(connection)}
    result["keys"] = list_keys(connection)
    wait_for_growth(path)
    connection.send("shutdown graceful\r\n")
    connection.close()
    result["exit code"] = session.finish(server)[0]
    return result
