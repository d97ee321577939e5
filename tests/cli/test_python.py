#!/usr/bin/env python3
"""Python programs: stacks, names and fingerprints of their own code. By Debian's interpreter, which is stripped."""
import json
import os
import subprocess

import cli

PYTHON = "/usr/bin/python3"

# Two bugs, of locks that are all made in one line; the second thread comes after the first.
TWO_BUGS = """\
import threading
locks = [threading.Lock() for _ in range(4)]
def pay(first, second):
    with first:
        with second:
            pass
def fetch(first, second):
    first.acquire()
    second.acquire()
    second.release()
    first.release()
def forth():
    pay(locks[0], locks[1])
    fetch(locks[2], locks[3])
    done.set()
def back():
    done.wait()
    pay(locks[1], locks[0])
    fetch(locks[3], locks[2])
done = threading.Event()
threads = [threading.Thread(target=forth), threading.Thread(target=back)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""

# The C library's own locks, called through what ctypes has in between; by its handle.
CALLS = """\
import ctypes, threading
libc = ctypes.CDLL("libc.so.6")
a, b = (ctypes.create_string_buffer(40) for _ in range(2))
def pay(first, second):
    libc.pthread_mutex_lock(first)
    libc.pthread_mutex_lock(second)
    libc.pthread_mutex_unlock(second)
    libc.pthread_mutex_unlock(first)
for locks in ((a, b), (b, a)):
    thread = threading.Thread(target=pay, args=locks)
    thread.start()
    threading.Event().wait(0.05)
"""

# A thread for each request.
REQUESTS = """\
import sys, threading
lock = threading.Lock()
def work():
    with lock:
        pass
for i in range(int(sys.argv[1])):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
"""

# One thread after the other, which nobody joins.
IN_TURN = """\
import _thread, sys, time
ended = [0]
def work():
    ended[0] += 1
for i in range(int(sys.argv[1])):
    _thread.start_new_thread(work, ())
    while ended[0] <= i:
        time.sleep(0.0001)
"""

# The thread takes the same lock earlier, as deep in calls: that is not where it holds it later.
EARLIER = """\
import threading
a, b = threading.Lock(), threading.Lock()
def early():
    with a:
        pass
def late():
    with a:
        with b:
            pass
def first():
    for function in (early, late):
        function()
def second():
    with b:
        with a:
            pass
for function in (first, second):
    thread = threading.Thread(target=function)
    thread.start()
    turn = threading.Event()
    turn.wait(0.05)
"""

# Code that is gone when it has run, so that the next comes to lie at its address.
REPLACED = """\
import threading
a = threading.Lock()
inner = []
names = [f"/made/part{i}.py" for i in range(6)]
def first():
    for name in names:
        exec(compile("inner.append(threading.Lock())\\nwith a:\\n with inner[-1]: pass\\n",
                     name, "exec"), globals())
def second():
    with inner[5]:
        with a:
            pass
for function in (first, second):
    thread = threading.Thread(target=function)
    thread.start()
    turn = threading.Event()
    turn.wait(0.05)
"""

HANGS = """\
import threading
a, b = threading.Lock(), threading.Lock()
meet = threading.Barrier(2)
def one():
    with a:
        meet.wait()
        with b:
            pass
def two():
    with b:
        meet.wait()
        a.acquire()
for function in (one, two):
    threading.Thread(target=function).start()
"""

# What frames may be like: deep, of code that is gone again, resumed, called from C, interrupted,
# and of names that are not ASCII.
ODD = """\
import gc, os, signal, sys, threading
x, y = threading.Lock(), threading.Lock()
sys.setrecursionlimit(3000)
def größe(deep):
    if deep:
        return größe(deep - 1)
    with x:
        with y:
            pass
größe(500)
for i in range(300):
    names = {"threading": threading, "x": x}
    exec(compile("def f():\\n lock = threading.Lock()\\n with x:\\n  with lock: pass\\nf()",
                 f"<made {i}>", "exec"), names)
    del names
gc.collect()
def generator():
    with x:
        yield 1
        with y:
            yield 2
print(list(generator()))
class Key:
    def __init__(self, value): self.value = value
    def __lt__(self, other):
        with x:
            return self.value < other.value
    def __del__(self):
        with y:
            pass
print([key.value for key in sorted(map(Key, (3, 1, 2)))])
def handler(*unused):
    with y:
        pass
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
for i in range(100000):
    with x:
        pass
signal.setitimer(signal.ITIMER_REAL, 0)
pid = os.fork()
if not pid:
    thread = threading.Thread(target=größe, args=(2,))
    thread.start()
    thread.join()
    os._exit(3)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
def forever():
    lock = threading.Lock()
    lock.acquire()
    while True:
        lock.acquire(timeout=0.0005)
for i in range(6):
    threading.Thread(target=forever, daemon=True).start()
"""


def frames(stack):
    """Of interpreted code: (function, line)."""
    return [(frame["function"], frame["line"]) for frame in stack
            if (frame["file"] or "").endswith("prog.py")]


class Python(cli.Case):
    def setUp(self):
        super().setUp()
        known = subprocess.run([PYTHON, "-c", "import sys; print((3, 11) <= sys.version_info < (3, 14))"],
                               check=False, capture_output=True, text=True).stdout
        if known != "True\n":
            cli.skip(f"no {PYTHON} of the versions 3.11 to 3.13")

    def program(self, text):
        with open(self.path("prog.py"), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path("prog.py")

    def report(self, text, **more):
        return self.run_json(PYTHON, self.program(text), **more)

    def test_two_bugs_are_two_findings(self):
        _, report = self.report(TWO_BUGS)
        found = [finding for finding in report["findings"] if finding["verdict"] == "potential"]
        self.assertEqual(len(found), 2, json.dumps(found, indent=1))
        self.assertEqual(len({finding["id"] for finding in found}), 2)
        places = sorted(frames(step["wants"]["stack"])[0] for finding in found
                        for step in finding["steps"])
        self.assertEqual(places, [("fetch", 9), ("fetch", 9), ("pay", 5), ("pay", 5)])
        names = {lock["id"]: lock["name"] for lock in report["locks"]}
        for finding in found:
            for lock in finding["locks"]:
                self.assertRegex(names[lock], r"^Python lock created in <(listcomp|module)> at prog.py:2")
        threads = {thread["id"]: thread["name"] for thread in report["threads"]}
        self.assertEqual({threads[thread] for thread in found[0]["threads"]}, {"forth", "back"})

    def test_moved_lines_are_the_same_findings(self):
        ids = [sorted(finding["id"] for finding in self.report(text)[1]["findings"])
               for text in (TWO_BUGS, "# moved\n\n" + TWO_BUGS)]
        self.assertEqual(ids[0], ids[1])

    def test_text(self):
        text = self.gordian("run", "--", PYTHON, self.program(TWO_BUGS)).err
        self.assertIn("in pay at prog.py:5\n", text)
        self.assertIn("5 | with second:\n", text)
        self.assertIn("from forth at prog.py:13\n", text)
        self.assertNotIn("_PyEval", text)
        self.assertNotIn("_bootstrap", text)

    def test_text_of_what_is_held(self):
        text = self.gordian("run", "--", PYTHON, self.program(EARLIER)).err
        names = [line.strip() for line in text.splitlines() if line.strip().startswith("lock ")]
        self.assertEqual([name[len("lock A: "):] for name in names[:2]],
                         [f"Python lock created in <module> at prog.py:2 #{i}" for i in (1, 2)], text)
        self.assertNotIn("_set_tstate_lock", text)

    def test_held_where_it_was_taken_this_time(self):
        _, report = self.report(EARLIER)
        (finding,) = [finding for finding in report["findings"] if finding["verdict"] == "potential"]
        held = [frames(hold["stack"])[0] for step in finding["steps"] for hold in step["holds"]
                if hold["lock"] in finding["locks"]]
        self.assertEqual(sorted(held), [("late", 7), ("second", 14)])

    def test_text_of_calls_through_c(self):
        """The program's line is shown, however many functions of C are called by it."""
        text = self.gordian("run", "--", PYTHON, self.program(CALLS)).err
        for line in 5, 6:
            self.assertEqual(text.count(f"from pay at prog.py:{line}\n"), 2, text)
            self.assertIn(f"{line} | libc.pthread_mutex_lock(", text)

    def test_semaphores_that_are_not_kept_are_told(self):
        text = "import threading\nfor _ in range(200):\n thread = threading.Thread(target=int)\n"
        text += " thread.start()\n thread.join()\n"
        words = "Not each wait for one with a lock held is judged."
        self.assertIn(words, " ".join(self.gordian("run", "--", PYTHON, self.program(text)).err.split()))
        self.assertNotIn(words, " ".join(self.gordian("run", "--", PYTHON, self.program(EARLIER)).err.split()))

    def size(self, program, *words):
        """Bytes of its trace."""
        kept = "of" + "-".join(words)
        self.assertEqual(self.gordian("run", "-q", "--keep", kept, "--", PYTHON, program, *words).code, 0)
        return sum(os.path.getsize(self.path(kept, name)) for name in os.listdir(self.path(kept)))

    def test_threads_that_nobody_joins(self):
        program = self.program(IN_TURN)
        self.assertLess(self.size(program, "3000"), self.size(program, "1000") + (256 << 10))

    def test_threads_for_each_request(self):
        """Those that are joined, too, from where it is no longer known when they end."""
        program = self.program(REQUESTS)
        self.assertLess(self.size(program, "8000"), self.size(program, "5500") + (1 << 20))

    def test_deadlock(self):
        result, report = self.report(HANGS, options=("--timeout", "20"))
        self.assertEqual(result.code, 66)
        (finding,) = [finding for finding in report["findings"] if finding["kind"] == "deadlock"]
        wanted = sorted(frames(step["wants"]["stack"])[0] for step in finding["steps"])
        self.assertEqual(wanted, [("one", 7), ("two", 12)])

    def test_odd_frames(self):
        program = self.program(ODD)
        native = subprocess.run([PYTHON, program], check=False, capture_output=True, text=True)
        self.assertEqual(native.returncode, 0, native.stderr)
        result, report = self.run_json(PYTHON, program)
        self.assertEqual((result.code, result.out), (0, native.stdout), result.err)
        self.assertTrue(all(process["complete"] for process in report["processes"]))
        self.assertIn("größe", [thread["name"] for thread in report["threads"]])
        made = [lock["name"] for lock in report["locks"] if "created in f at" in lock["name"]]
        self.assertTrue(made)
        for name in made:
            self.assertRegex(name, r"^Python lock created in f at <made \d+>:2( #\d+)?$")

    def test_code_where_other_code_was(self):
        _, report = self.report(REPLACED)
        made = [lock["name"] for lock in report["locks"] if "part" in lock["name"]]
        self.assertEqual(made, [f"Python lock created in <module> at part{i}.py:1" for i in range(6)])
        (finding,) = [finding for finding in report["findings"] if finding["verdict"] == "potential"]
        held = [frame["file"] for step in finding["steps"] for hold in step["holds"]
                for frame in hold["stack"] if (frame["file"] or "").startswith("/made/")]
        self.assertEqual(held, ["/made/part5.py"])


if __name__ == "__main__":
    cli.main()
