"""SQLite, four threads on a shared cache: sqlite_threads.c."""
PROGRAM = "SQLite, 4 threads, shared cache"
PACKAGES = {"/usr/include/sqlite3.h": "libsqlite3-dev"}
THREADS = 5
OPERATIONS = 4 * 1500 * 10  # a transaction is at least ten calls, each of which locks its connection
JUDGED = []


def drive(session):
    code, out, err = session.run(session.program("sqlite_threads"))
    return {"exit code": code, "standard output": out, "standard error": err}
