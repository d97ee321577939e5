"""Whether the processes of a session are stuck: what their threads sleep in, as /proc tells.

A thread that sleeps in a call which has no time limit and waits for another thread to let it go
(futex, flock, fcntl with F_SETLKW) and that does not run for LOOKS looks, is taken to be stuck.
Threads that spin are not told from threads that work: they are never counted.
"""
import os
import platform
import time

LOOKS = 8
PAUSE_SECONDS = 0.025

# number of the call: the argument that is not 0 if the wait has a time limit, or none has one
CALLS = {"x86_64": {202: 3, 73: None, 72: None},
         "aarch64": {98: 3, 32: None, 25: None}}.get(platform.machine(), {})


def read(path):
    with open(path, encoding="ascii", errors="replace") as file:
        return file.read()


def session_of(pid):
    """0: it is gone."""
    try:
        return int(read(f"/proc/{pid}/stat").rpartition(")")[2].split()[3])
    except (OSError, IndexError):
        return 0


def session_processes(session):
    pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    return [pid for pid in pids if session_of(pid) == session]


def waits_for_ever(call):
    words = call.split()
    if not words or not words[0].isdigit() or int(words[0]) not in CALLS:
        return False
    limit = CALLS[int(words[0])]
    return limit is None or int(words[1 + limit], 16) == 0


def look_at_thread(task):
    """(lives, what stays the same while it does not run; None: it is not in such a call)."""
    try:
        if read(task + "/stat").rpartition(")")[2].split()[0] in "ZX":
            return False, None
        call = read(task + "/syscall")
        status = read(task + "/status").splitlines()
    except OSError:
        return False, None
    switches = tuple(line.split()[1] for line in status if "ctxt_switches" in line)
    return True, (call, switches) if waits_for_ever(call) else None


def look(session):
    """(threads that live, {thread: what stays the same while it does not run})."""
    living, asleep = 0, {}
    for pid in session_processes(session):
        try:
            tasks = os.listdir(f"/proc/{pid}/task")
        except OSError:
            continue
        for task in tasks:
            lives, same = look_at_thread(f"/proc/{pid}/task/{task}")
            living += lives
            if same:
                asleep[task] = same
    return living, asleep


def await_stuck(process, number, seconds):
    """Waits until `number` threads of its session are stuck; None: all there are.

    None, or why that did not come: the program ended, or the time is up.
    """
    seen, before, until = {}, {}, time.monotonic() + seconds
    while time.monotonic() < until:
        living, asleep = look(process.pid)
        seen = {task: seen.get(task, 0) + 1 if before.get(task) == same else 1
                for task, same in asleep.items()}
        before = asleep
        stuck = sum(count >= LOOKS for count in seen.values())
        if process.poll() is not None:
            return f"it ended with {process.returncode}, and does not hang"
        if stuck and stuck >= (living if number is None else number):
            return None
        time.sleep(PAUSE_SECONDS)
    return f"{stuck} of {living} threads were stuck after {seconds} s"
