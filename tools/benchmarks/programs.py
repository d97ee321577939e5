"""The real programs: how each is set going, loaded and stopped. Each answers its CPU seconds."""

import os
import random
import shutil
import socket
import time

from measure import Failed, Process, Skipped

READY_SECONDS = 60
MEMCACHED_FILES = 1024  # what it asks for, unless told otherwise


def need(program):
    if not shutil.which(program):
        raise Skipped(f"{program} is not installed")
    return program


def make_text(path, mebibytes):
    """A file that compresses about as well as a text does, the same each time."""
    if os.path.exists(path):
        return path
    numbers = random.Random(1)
    words = ["".join(numbers.choices("etaoinshrdlu", k=numbers.randint(2, 9))) for _ in range(4000)]
    with open(path + ".new", "w", encoding="ascii") as file:
        for _ in range(mebibytes * 16):
            file.write(" ".join(numbers.choices(words, k=12000))[: 1 << 16])
    os.rename(path + ".new", path)
    return path


def wait_until_ready(path, server):
    """The server listens on the socket `path`."""
    for _ in range(READY_SECONDS * 100):
        with socket.socket(socket.AF_UNIX) as client:
            if client.connect_ex(path) == 0:
                return
        if os.waitid(os.P_PID, server.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            break
        time.sleep(0.01)
    server.wait(1, expected=())
    raise Failed(f"{server.name} did not start listening")


def serve(way, directory, command, path, load, files=None):
    """CPU seconds of a server under a load, a command that ends by itself. files: Way.start."""
    if os.path.exists(path):
        os.unlink(path)
    aside = os.path.join(directory, "load")
    os.makedirs(aside, exist_ok=True)
    server = way.start(command, directory, files)
    try:
        wait_until_ready(path, server)
        Process(load, dict(os.environ), aside).wait(120)
    except BaseException:
        if os.path.exists(f"/proc/{server.pid}"):
            server.kill()
        raise
    server.stop()
    return server.wait(30, expected=(0, 143)).cpu


def sqlite(way, directory, size):
    return way.run([way.programs + "/sqlite", str(max(10, int(250_000 * size)))], directory).cpu


def pigz(way, directory, size):
    text = make_text(f"{directory}/text{size}", max(1, int(32 * size)))
    return way.run([need("pigz"), "-p", "4", "-k", "-c", text], directory).cpu


def xz(way, directory, size):
    text = make_text(f"{directory}/text{size}", max(1, int(32 * size)))
    command = [need("xz"), "-T2", "-1", "--block-size=1MiB", "-k", "-c", text]
    return way.run(command, directory).cpu


def redis(way, directory, size):
    path = f"{directory}/redis"
    command = [need("redis-server"), "--port", "0", "--unixsocket", path, "--dir", directory]
    command += ["--io-threads", "2", "--io-threads-do-reads", "yes"]
    command += ["--save", "", "--appendonly", "no"]
    load = [need("redis-benchmark"), "-s", path, "-n", str(max(100, int(300_000 * size)))]
    load += ["-c", "16", "-P", "8", "-t", "get,set", "-q"]
    return serve(way, directory, command, path, load)


def memcached(way, directory, size):
    path = f"{directory}/memcached"
    command = [need("memcached"), "-s", path, "-t", "2"]
    if os.geteuid() == 0:
        command += ["-u", "root"]
    load = [way.loads + "/memload", path, str(max(256, int(600_000 * size)))]
    return serve(way, directory, command, path, load, MEMCACHED_FILES)


def python(script, load):
    """One of the Python programs here; load: its whole argument."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), script)

    def measure(way, directory, size):
        program = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else need("python3")
        return way.run([program, "-B", path, str(max(10, int(load * size)))], directory).cpu

    return measure
