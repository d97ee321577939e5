"""redis-server with two I/O threads under redis-benchmark, on a socket of its own. It forks (a dump
in the background) and uses its background threads (a lazy flush). Its allocator is jemalloc, whose
own mutexes are recorded.
"""
import re
import socket
import subprocess

from real import expect

PROGRAM = "redis-server --io-threads 2"
PACKAGES = {"redis-server": "redis-server", "redis-benchmark": "redis-tools"}
THREADS = 5  # main, one more for I/O (the main thread is the other), three for background work
OPERATIONS = 3
JUDGED = []
# I/O threads spin, and on busy cores a round of all clients can cost a time slice: rounds are few.
CLIENTS = 20
PIPELINE = 4
LOADS = {"set,get,incr,lpush": 5000, "lrange_100": 500}  # tests of redis-benchmark: requests each
LIMIT_SECONDS = 20


class Client:
    """As much of the protocol as is needed: commands of plain words, and replies of one level."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(LIMIT_SECONDS)
        self.socket.connect(path)
        self.file = self.socket.makefile("rwb")

    def ask(self, *words):
        self.file.write(" ".join(words).encode() + b"\r\n")
        self.file.flush()
        line = self.file.readline()
        if line[:1] != b"$":
            return line.strip().decode()
        size = int(line[1:])
        return self.file.read(size + 2)[:-2].decode() if size >= 0 else None

    def close(self):
        self.file.close()
        self.socket.close()


def calls(client):
    """How often each command was served."""
    found = re.findall(r"cmdstat_(\w+):calls=(\d+)", client.ask("INFO", "commandstats"))
    return {name: int(count) for name, count in found
            if name in ("set", "get", "incr", "lpush", "lrange")}


def load(path, tests, requests):
    benchmark = subprocess.run(["redis-benchmark", "-s", path, "-n", str(requests), "-c",
                                str(CLIENTS), "-P", str(PIPELINE), "-q", "-t", tests],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, timeout=LIMIT_SECONDS, check=False)
    expect(benchmark.returncode == 0 and not benchmark.stderr,
           f"redis-benchmark ended with {benchmark.returncode}: {benchmark.stderr!r}")


def dump_in_background(session, client, server):
    """A forked child writes the data; the result is what the server says of it."""
    said = client.ask("BGSAVE")
    session.wait_until(lambda: "rdb_bgsave_in_progress:0" in client.ask("INFO", "persistence"),
                       server)
    status = re.search(r"rdb_last_bgsave_status:(\w+)", client.ask("INFO", "persistence"))
    return said, status[1]


def drive(session):
    path = session.path("socket")
    server = session.start("redis-server", "--port", "0", "--unixsocket", path, "--save", "",
                           "--dir", session.directory, "--io-threads", "2",
                           "--io-threads-do-reads", "yes")
    session.wait_until(lambda: Client(path).ask("PING") == "+PONG", server)
    for tests, requests in LOADS.items():
        load(path, tests, requests)
    client = Client(path)
    result = {"calls": calls(client), "counter": client.ask("GET", "counter:__rand_int__"),
              "list": client.ask("LLEN", "mylist"), "value": client.ask("GET", "key:__rand_int__")}
    result["dump"] = dump_in_background(session, client, server)
    result["flush"] = client.ask("FLUSHALL", "ASYNC"), client.ask("DBSIZE")
    client.ask("SHUTDOWN", "NOSAVE")
    client.close()
    result["exit code"] = session.finish(server)[0]
    return result
