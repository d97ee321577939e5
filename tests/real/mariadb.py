"""The MariaDB server on a data directory and a socket of its own, under sysbench; meanwhile an
administrator looks at everything and changes tables.

He is one connection, and he alone uses the Aria engine. Its log has eight buffers in a ring, and
translog_buffer_next (storage/maria/ma_loghandler.c) locks the next one while it holds the current
one, which only whoever holds the current one may do: so no circle can close. But eight threads that
have gone round would be reported as `potential`, since nothing in the order of locks shows that.
"""
import os
import subprocess
import threading

from real import Judgement, expect

PROGRAM = "mariadbd, sysbench --threads=8"
PACKAGES = {"mariadbd": "mariadb-server-core", "mariadb-install-db": "mariadb-server-core",
            "mariadb": "mariadb-client-core", "sysbench": "sysbench"}
SYSBENCH_THREADS = 8
EVENTS = 1500
QUERIES = 20  # of an event, at least
THREADS = 1 + SYSBENCH_THREADS + 4  # main, one for each connection, some of InnoDB's
OPERATIONS = EVENTS * QUERIES
JUDGED = [
    Judgement("thread-leak", ["mysqld_main"],
              "start_signal_handler (sql/mysqld.cc) starts signal_hand joinable; the end of the "
              "server waits until it has ended, through a counter, and never joins it"),
]
LIMIT_SECONDS = 40
ROUNDS = 5
ADMINISTRATION = """
SHOW FULL PROCESSLIST;
SHOW ENGINE INNODB STATUS;
SHOW GLOBAL STATUS;
SHOW GLOBAL VARIABLES;
SELECT COUNT(*) FROM information_schema.innodb_metrics;
SELECT COUNT(*) FROM information_schema.tables;
SELECT COUNT(*) FROM information_schema.innodb_buffer_page_lru;
FLUSH TABLES;
FLUSH LOGS;
CREATE OR REPLACE TABLE test.copy ENGINE=Aria AS SELECT * FROM test.sbtest1 LIMIT 100;
ALTER TABLE test.copy ADD INDEX (k);
ANALYZE TABLE test.sbtest1, test.sbtest2;
SET GLOBAL innodb_buffer_pool_size = {megabytes} * 1024 * 1024;
CREATE OR REPLACE USER somebody IDENTIFIED BY 'a password';
DROP USER somebody;
"""


def call(words, directory, sql=None):
    done = subprocess.run(words, cwd=directory, input=sql, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=LIMIT_SECONDS, check=False)
    expect(done.returncode == 0, f"{words} ended with {done.returncode}: {done.stderr[-500:]} "
           f"{done.stdout[-500:]}")
    return done.stdout


def ask(session, sql):
    return call(["mariadb", "--no-defaults", "-N", "-S", session.path("socket"), "-uroot"],
                session.directory, sql)


def administrate(session, failures):
    try:
        ask(session, "".join(ADMINISTRATION.format(megabytes=64 + 8 * (turn % 2))
                             for turn in range(ROUNDS)))
    except Exception as failure:  # whatever it is, it is handed on
        failures.append(failure)


def sysbench(session, *words):
    call(["sysbench", "oltp_read_write", "--db-driver=mysql", "--mysql-db=test",
          f"--mysql-socket={session.path('socket')}", "--mysql-user=root", "--tables=2",
          "--table-size=500", *words], session.directory)


def load(session):
    failures = []
    other = threading.Thread(target=administrate, args=(session, failures))
    other.start()
    try:
        sysbench(session, f"--threads={SYSBENCH_THREADS}", f"--events={EVENTS}", "--time=0", "run")
    finally:
        other.join()
    if failures:
        raise failures[0]


def start(session):
    words = ["mariadbd", "--no-defaults", f"--datadir={session.path('data')}",
             f"--socket={session.path('socket')}", f"--pid-file={session.path('pid')}",
             "--skip-networking", "--innodb-buffer-pool-size=64M",
             "--innodb-buffer-pool-chunk-size=8M"]
    return session.start(*words, *(() if os.getuid() else ("--user=root",)))


def is_ready(session):
    if not os.path.exists(session.path("socket")):
        return False
    return ask(session, "SELECT 1") == "1\n"


def drive(session):
    call(["mariadb-install-db", "--no-defaults", f"--datadir={session.path('data')}",
          "--auth-root-authentication-method=normal", "--skip-test-db", "--force",
          *(() if os.getuid() else ("--user=root",))], session.directory)
    server = start(session)
    session.wait_until(lambda: is_ready(session), server)
    ask(session, "CREATE DATABASE test")
    sysbench(session, "prepare")
    load(session)
    result = {"rows": ask(session, "SELECT COUNT(*) FROM test.sbtest1, test.sbtest2"),
              "copies": ask(session, "SELECT COUNT(*) FROM test.copy"),
              "tables": ask(session, "CHECK TABLE test.sbtest1, test.sbtest2, test.copy")}
    ask(session, "SHUTDOWN")
    result["exit code"] = session.finish(server)[0]
    return result
