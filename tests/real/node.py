"""node with worker threads and the pool of libuv: node_program.js."""
import os

from real import HERE

PROGRAM = "node, worker_threads, fs.promises"
PACKAGES = {"node": "nodejs"}
OPTIONAL = True  # large
THREADS = 1 + 4 + 4 + 3  # main, V8's platform, libuv's pool, the workers
OPERATIONS = 5000
JUDGED = []


def drive(session):
    code, out, err = session.run("node", os.path.join(HERE, "node_program.js"),
                                 session.path("files"))
    return {"exit code": code, "standard output": out, "standard error": err}
