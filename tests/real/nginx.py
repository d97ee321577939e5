"""nginx, one master and one worker that reads files in a pool of threads (aio threads), asked for
files and ranges over several connections at the same time.
"""
import os
import socket
import threading

from compress import digest, make_input
from real import expect

PROGRAM = "nginx, aio threads"
PACKAGES = {"/usr/sbin/nginx": "nginx"}
POOL = 4
CONNECTIONS = 4
ROUNDS = 150
FILES = 6
FILE_BYTES = 300_000
THREADS = 2 + POOL  # master, worker and its pool
OPERATIONS = 2 * CONNECTIONS * ROUNDS  # a task is put into the queue and taken out of it
JUDGED = []
ANSWER_SECONDS = 20
CONFIGURATION = """
daemon off;
{user}
worker_processes 1;
pid {directory}/pid;
error_log {directory}/errors notice;
thread_pool default threads={pool} max_queue=1000;
events {{ worker_connections 64; }}
http {{
    access_log {directory}/access;
    client_body_temp_path {directory}/t1;
    proxy_temp_path {directory}/t2;
    fastcgi_temp_path {directory}/t3;
    uwsgi_temp_path {directory}/t4;
    scgi_temp_path {directory}/t5;
    keepalive_requests 100000;
    open_file_cache max=3 inactive=1s;
    server {{
        listen unix:{directory}/socket;
        root {directory}/files;
        aio threads;
        aio_write on;
        location / {{ sendfile on; }}
        location /copied/ {{ alias {directory}/files/; sendfile off; output_buffers 2 16k; }}
    }}
}}
"""


class Connection:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(ANSWER_SECONDS)
        self.socket.connect(path)
        self.file = self.socket.makefile("rwb")

    def get(self, path, first=None):
        """(status, body)"""
        ranged = "" if first is None else f"Range: bytes={first}-{first + 999}\r\n"
        self.file.write(f"GET {path} HTTP/1.1\r\nHost: x\r\n{ranged}\r\n".encode())
        self.file.flush()
        status = int(self.file.readline().split()[1])
        length = 0
        while (line := self.file.readline().strip()):
            name, _, value = line.decode().partition(": ")
            if name == "Content-Length":
                length = int(value)
        return status, self.file.read(length)

    def close(self):
        self.file.close()
        self.socket.close()


def one_connection(session, number, answers):
    connection = Connection(session.path("socket"))
    said = []
    for turn in range(ROUNDS):
        name = f"file-{(turn + number) % FILES}"
        path = f"/copied/{name}" if turn % 3 == 0 else f"/{name}"
        status, body = connection.get(path, turn * 100 if turn % 5 == 0 else None)
        said.append((path, status, len(body), digest(body)))
    said.append(connection.get("/not-there")[0])
    answers[number] = said
    connection.close()


def ask_all(session):
    answers = {}
    threads = [threading.Thread(target=one_connection, args=(session, number, answers))
               for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect(len(answers) == CONNECTIONS, "a connection failed")
    return answers


def drive(session):
    os.mkdir(session.path("files"))
    for number in range(FILES):
        make_input(session.path(f"files/file-{number}"), FILE_BYTES * (number + 1) // FILES)
    with open(session.path("configuration"), "w", encoding="utf-8") as file:
        file.write(CONFIGURATION.format(directory=session.directory, pool=POOL,
                                        user="" if os.getuid() else "user root;"))
    server = session.start("/usr/sbin/nginx", "-c", session.path("configuration"), "-p",
                           session.directory, "-e", session.path("errors"))
    session.wait_until(lambda: Connection(session.path("socket")), server)
    result = {"answers": ask_all(session)}
    control = ["/usr/sbin/nginx", "-c", session.path("configuration"), "-e",
               session.path("errors"), "-s"]
    result["stopped"] = session.call(control + ["quit"])
    result["exit code"] = session.finish(server)[0]
    return result
