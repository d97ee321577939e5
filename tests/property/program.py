"""Random lock programs: what one is, as text, and whether it makes sense.

A program is a list of objects and, for each thread, a list of operations without branches:

    mutex,rwlock | create 1; lock 0; read 1; unlock 1; unlock 0; join 1 | read 1; ...

Objects are numbered from 0 in the order of their kinds. Thread 0 is the main thread. The only
branch is a `try` or `timed` acquisition: when it fails, the thread goes on behind its `unlock`.

A `renew` ends the object's life and begins another one. Nobody else may be about to use it then.
"""
from typing import NamedTuple

LOCKS = ("mutex", "errorcheck", "recursive", "rwlock", "writerfirst", "spin", "sem")
RWLOCKS = ("rwlock", "writerfirst")
TIMED = ("mutex", "errorcheck", "recursive", "rwlock", "writerfirst", "sem")
BARRIERS = {"bar2": 2, "bar3": 3}
SEMAPHORES = {"sem0": 0, "sem1": 1, "sem2": 2}

WAITING = ("lock", "read")
GIVING_UP = ("try", "tryread", "timed", "timedread")
ACQUIRING = WAITING + GIVING_UP
READING = ("read", "tryread", "timedread")
ON_THREADS = ("create", "join")
TAKING = ("wait", "trywait", "timedwait")


class Op(NamedTuple):
    name: str
    object: int

    def __str__(self):
        return f"{self.name} {self.object}"


class Program:
    def __init__(self, kinds, threads, one_site=False):
        self.kinds = kinds
        self.threads = threads
        self.one_site = one_site

    def __str__(self):
        head = ",".join(self.kinds) + (" one-site" if self.one_site else "")
        return " | ".join([head] + ["; ".join(map(str, ops)) for ops in self.threads])

    def site(self, index):
        """Where in the player the thread's operation of that index is performed."""
        return 0 if self.one_site else index % 12


def parse(text):
    head, *threads = [part.strip() for part in text.split("|")]
    kinds, *words = head.split()
    return Program(kinds.split(","), [[parse_op(op) for op in ops.split(";") if op.strip()]
                                      for ops in threads], "one-site" in words)


def parse_op(text):
    name, number = text.split()
    return Op(name, int(number))


def releases(ops):
    """For each acquisition's index the index of its unlock; None: they do not fit together."""
    open_ones, pairs = [], {}
    for index, op in enumerate(ops):
        if op.name in ACQUIRING:
            open_ones.append(index)
        elif op.name == "unlock":
            mine = [other for other in open_ones if ops[other].object == op.object]
            if not mine:
                return None
            pairs[mine[-1]] = index
            open_ones.remove(mine[-1])
    return None if open_ones else pairs


def holds(ops):
    """For each index, the objects held there, with their count and whether for reading."""
    held, result = [], []
    for op in ops:
        result.append(tuple(held))
        if op.name in ACQUIRING:
            held.append((op.object, op.name in READING))
        elif op.name == "unlock":
            last = max(i for i, (number, _) in enumerate(held) if number == op.object)
            del held[last]
    return result


def fits(kind, name):
    if name == "unlock":
        return kind in LOCKS
    if name in ACQUIRING:
        plain = name.replace("read", "") or "lock"
        return (kind in LOCKS and (name not in READING or kind in RWLOCKS) and
                (plain != "timed" or kind in TIMED))
    if name == "renew":
        return kind in LOCKS or kind in SEMAPHORES
    if name == "post" or name in TAKING:
        return kind in SEMAPHORES
    return kind in BARRIERS if name == "barrier" else kind == "flag"


def may_hold_again(kind, op, held):
    """Whether the thread, which holds the lock, cannot wait for itself by this."""
    if kind == "recursive" and op.name != "renew":
        return True
    return (kind in RWLOCKS and op.name in READING and
            all(reading for number, reading in held if number == op.object))


def thread_valid(program, thread):
    ops = program.threads[thread]
    pairs = releases(ops)
    if pairs is None:
        return False
    for op, held in zip(ops, holds(ops)):
        if op.name in ON_THREADS:
            if not 0 < op.object < len(program.threads) or op.object == thread:
                return False
            continue
        kind = program.kinds[op.object]
        if not fits(kind, op.name):
            return False
        if (op.name in ACQUIRING + ("renew",) and any(number == op.object for number, _ in held) and
                not may_hold_again(kind, op, held)):
            return False
    return all(section_valid(ops, pairs, start) for start in pairs
               if ops[start].name in GIVING_UP)


def section_valid(ops, pairs, start):
    """What may be skipped is whole: nothing in it is released or acquired for outside."""
    end = pairs[start]
    inside = range(start + 1, end)
    if any(ops[index].name in ON_THREADS + ("barrier", "renew") for index in inside):
        return False
    return all((first in inside) == (last in inside) for first, last in pairs.items()
               if first != start)


def valid(program):
    everything = [(thread, op) for thread, ops in enumerate(program.threads) for op in ops]
    created = [op.object for _, op in everything if op.name == "create"]
    joined = [op.object for _, op in everything if op.name == "join"]
    if sorted(created) != list(range(1, len(program.threads))) or len(set(joined)) != len(joined):
        return False
    for number, kind in enumerate(program.kinds):
        if kind in BARRIERS:
            users = [thread for thread, op in everything if op == Op("barrier", number)]
            if len(users) not in (0, BARRIERS[kind]) or len(set(users)) != len(users):
                return False
    return (all(thread_valid(program, thread) for thread in range(len(program.threads))) and
            all(creates_before_joining(program, thread) for thread in set(joined)))


def creates_before_joining(program, thread):
    """Whoever joins a thread has created it, or was created by who had created it before."""
    joiner = next(index for index, ops in enumerate(program.threads) if Op("join", thread) in ops)
    for ops in program.threads:
        if Op("create", thread) not in ops:
            continue
        created = ops.index(Op("create", thread))
        later = Op("join", thread) if Op("join", thread) in ops else Op("create", joiner)
        return later in ops and created < ops.index(later)
    return False
