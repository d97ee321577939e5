"""The exhaustive scheduler: every state a program can come to, and the deadlocks among them.

A deadlock is a circle of threads, each waiting for a lock that the next one holds or, behind a
writer who is let first, wants. It is named by its waits: (thread, index of its operation). A thread
that joins waits for that thread.

Steps that cannot matter to others are taken at once. What a thread does to an object of its own,
and what only lets others go on (a release, a post, a create), commutes with all that others do;
only a try would notice, so releases of what is tried count. So does what is done to the renewed.
"""
from program import (ACQUIRING, BARRIERS, GIVING_UP, LOCKS, READING, SEMAPHORES, releases)

ENDS = 100  # objects that stand for the ends of threads (player.h)
(ACQUIRE, TRY, RELEASE, POST, WAIT, TRYWAIT, BARRIER, SET, AWAIT, CREATE, JOIN,
 RENEW) = range(12)
CODES = {"unlock": RELEASE, "post": POST, "wait": WAIT, "trywait": TRYWAIT, "timedwait": TRYWAIT,
         "barrier": BARRIER, "set": SET, "await": AWAIT, "create": CREATE, "join": JOIN,
         "renew": RENEW}


class Unfit(Exception):
    """The program is too big, or uses what another thread is about to renew."""


def compile_thread(ops):
    """Each operation as (code, object, exclusive, where a failed try goes on)."""
    pairs = releases(ops)
    return [(TRY if op.name in GIVING_UP else ACQUIRE if op.name in ACQUIRING else CODES[op.name],
             op.object, op.name not in READING, pairs.get(index, index) + 1)
            for index, op in enumerate(ops)]


def first_value(kind):
    return () if kind in LOCKS or kind in BARRIERS else SEMAPHORES.get(kind, 0)


class Machine:
    """A program's states: (each thread's next operation, each object, the writers that queue)."""

    def __init__(self, program, waited=None, recorded=None):
        """waited: nothing depends on data, so that a try may also fail without a cause, and a flag
        that the thread found set need not be set, but at these (thread, index), where it waited;
        recorded: (thread, index) of what came out, so that tries come out that way only."""
        self.program = program
        self.kinds = program.kinds
        self.waited = waited
        self.careless = waited is not None
        self.recorded = recorded
        self.threads = [compile_thread(ops) for ops in program.threads]
        self.lengths = [len(ops) for ops in self.threads]
        users, takers, self.tried, self.renewed = {}, {}, set(), set()
        for thread, ops in enumerate(self.threads):
            for code, number, _, _ in ops:
                if code in (CREATE, JOIN):
                    continue
                users.setdefault(number, set()).add(thread)
                if code == WAIT:
                    takers.setdefault(number, set()).add(thread)
                if code in (TRY, TRYWAIT):
                    self.tried.add(number)
                if code == RENEW:
                    self.renewed.add(number)
        self.own = {number for number, who in users.items() if len(who) == 1}
        self.one_taker = {number for number, who in takers.items() if len(who) == 1}

    def lives(self, state):
        """Which life of each object it is."""
        lives = [0] * len(self.kinds)
        for pc, ops in zip(state[0], self.threads):
            for code, number, _, _ in ops[:max(pc, 0)] if self.renewed else ():
                if code == RENEW:
                    lives[number] += 1
        return tuple(lives)

    def start(self):
        return ((0,) + (-1,) * (len(self.threads) - 1),
                tuple(map(first_value, self.kinds)), frozenset())

    def live(self, state, thread):
        return 0 <= state[0][thread] < self.lengths[thread]

    def done(self, state, thread):
        return state[0][thread] >= self.lengths[thread]

    def op(self, state, thread):
        return self.threads[thread][state[0][thread]]

    def free(self, state, thread, number, exclusive):
        """Whether the thread gets the lock at once."""
        holders, kind = state[1][number], self.kinds[number]
        if exclusive:
            return not holders or (kind == "recursive" and holders[0][0] == thread)
        if any(holder[1] for holder in holders):
            return False
        return not (kind == "writerfirst" and holders and self.queue(state, thread, number))

    def queue(self, state, thread, number):
        return {writer for writer in state[2]
                if writer != thread and self.op(state, writer)[1] == number}

    def can(self, state, thread):
        """Whether the thread's operation goes on without a wait."""
        code, number, exclusive, _ = self.op(state, thread)
        if code == ACQUIRE:
            return self.free(state, thread, number, exclusive)
        if code == AWAIT and self.careless and (thread, state[0][thread]) not in self.waited:
            return True
        if code in (WAIT, AWAIT):
            return state[1][number] > 0
        if code == JOIN:
            return self.done(state, number)
        if code == BARRIER:
            return thread not in state[1][number]
        return True

    def at_once(self, state, thread):
        """Whether the operation can be taken before all that others do."""
        code, number, _, _ = self.op(state, thread)
        if code in (SET, CREATE):
            return True
        if code == JOIN:
            return self.can(state, thread)
        if number in self.renewed or code == TRYWAIT:
            return False
        if code in (ACQUIRE, TRY, RELEASE, POST):
            if code == TRY and (self.careless or self.recorded):
                return False
            if number in self.own:
                return True
            return code in (RELEASE, POST) and number not in self.tried
        if code == WAIT and (number not in self.one_taker or number in self.tried):
            return False
        return self.can(state, thread)

    def change(self, state, thread, number, value, target=None):
        """The state after the thread's operation, with a new value of the object."""
        pcs, objects, queue = state
        if number is not None:
            objects = objects[:number] + (value,) + objects[number + 1:]
        after = pcs[thread] + 1 if target is None else target
        return (pcs[:thread] + (after,) + pcs[thread + 1:], objects, queue - {thread})

    def acquire(self, state, thread, number, exclusive):
        holders = list(state[1][number])
        mine = next((i for i, holder in enumerate(holders) if holder[0] == thread), None)
        if mine is None:
            holders.append((thread, exclusive, 1))
        else:
            holders[mine] = (thread, holders[mine][1], holders[mine][2] + 1)
        return self.change(state, thread, number, tuple(sorted(holders)))

    def release(self, state, thread, number):
        holders = [(who, how, depth - (who == thread)) for who, how, depth in state[1][number]]
        return self.change(state, thread, number, tuple(each for each in holders if each[2]))

    def arrive(self, state, thread, number):
        arrived = state[1][number] + (thread,)
        if len(arrived) < BARRIERS[self.kinds[number]]:
            return self.change(state, thread, number, tuple(sorted(arrived)), state[0][thread])
        pcs = tuple(pc + (other in arrived) for other, pc in enumerate(state[0]))
        state = self.change(state, thread, number, ())
        return (pcs, state[1], state[2])

    def renew(self, state, thread, number):
        users = [other for other in range(len(self.threads)) if other != thread and
                 self.live(state, other) and self.op(state, other)[0] not in (CREATE, JOIN) and
                 self.op(state, other)[1] == number]
        if users or (self.kinds[number] in LOCKS and state[1][number]):
            raise Unfit
        return self.change(state, thread, number, first_value(self.kinds[number]))

    def perform(self, state, thread):
        """The state after the operation, which can go on (of a barrier: be arrived at)."""
        code, number, exclusive, _ = self.op(state, thread)
        if code in (ACQUIRE, TRY):
            return self.acquire(state, thread, number, exclusive)
        if code == RELEASE:
            return self.release(state, thread, number)
        if code in (POST, WAIT, TRYWAIT):
            more = 1 if code == POST else -1
            return self.change(state, thread, number, state[1][number] + more)
        if code == RENEW:
            return self.renew(state, thread, number)
        if code == SET:
            return self.change(state, thread, number, 1)
        if code == BARRIER:
            return self.arrive(state, thread, number)
        if code == CREATE:
            pcs, objects, queue = self.change(state, thread, None, None)
            return (pcs[:number] + (0,) + pcs[number + 1:], objects, queue)
        return self.change(state, thread, None, None)

    def gives_up(self, state, thread):
        return self.change(state, thread, None, None, self.op(state, thread)[3])

    def queues(self, state, thread):
        """The state in which the writer waits and is seen to; None: it is no such writer."""
        code, number, exclusive, _ = self.op(state, thread)
        if code != ACQUIRE or not exclusive or self.kinds[number] != "writerfirst":
            return None
        return None if thread in state[2] else (state[0], state[1], state[2] | {thread})

    def tries(self, state, thread):
        code, number, exclusive, _ = self.op(state, thread)
        if code == TRY:
            got = self.free(state, thread, number, exclusive)
        else:
            got = state[1][number] > 0
        able = {"goes": got, "fails": not got or self.careless}
        if self.recorded is not None:
            able["goes" if (thread, state[0][thread]) not in self.recorded else "fails"] = False
        return ([("goes", self.perform(state, thread))] if able["goes"] else []) + (
            [("fails", self.gives_up(state, thread))] if able["fails"] else [])

    def steps(self, state, thread):
        """The states after each way the thread can go on, as (how, state)."""
        if not self.live(state, thread):
            return []
        code, number, exclusive, _ = self.op(state, thread)
        if code in (TRY, TRYWAIT):
            return self.tries(state, thread)
        if self.can(state, thread):
            return [("goes", self.perform(state, thread))]
        queued = self.queues(state, thread)
        return [("queues", queued)] if queued else []

    def settle(self, state):
        """The state after all that can be taken at once."""
        again = True
        while again:
            again = False
            for thread in range(len(self.threads)):
                while self.live(state, thread) and self.at_once(state, thread):
                    state = self.steps(state, thread)[0][1]
                    again = True
        return state

    def awaited(self, state, thread):
        """The threads that this one, which waits, waits for."""
        code, number, exclusive, _ = self.op(state, thread)
        if code == JOIN:
            return {number}
        if code != ACQUIRE:
            return set()
        holders = state[1][number]
        if exclusive:
            return {who for who, _, _ in holders if who != thread}
        return ({who for who, how, _ in holders if how} or self.queue(state, thread, number))

    def circles(self, state):
        """The deadlocks of a state in which nothing goes on."""
        awaited = {thread: self.awaited(state, thread) for thread in range(len(self.threads))
                   if self.live(state, thread)}
        found = set()

        def follow(path):
            for other in awaited.get(path[-1], ()):
                if other == path[0]:
                    found.add(frozenset((thread, state[0][thread]) for thread in path))
                elif other not in path:
                    follow(path + [other])
        for thread in awaited:
            follow([thread])
        return found


def is_least(circle, circles):
    """Whether no others of the state are by fewer of its threads."""
    threads = {thread for thread, _ in circle}
    return not any({thread for thread, _ in other} < threads for other in circles)


def deadlocks(program, most=20000, **how):
    """All deadlocks that the program can come to; and those that come without a smaller one in
    them, with the lives of the objects there.

    A writer waits for each reader: some circles have others of fewer threads in them.
    """
    machine = Machine(program, **how)
    seen, pending, found, least = set(), [machine.start()], set(), set()
    while pending:
        state = machine.settle(pending.pop())
        if state in seen:
            continue
        seen.add(state)
        if len(seen) > most:
            raise Unfit
        after = [step[1] for thread in range(len(machine.threads))
                 for step in machine.steps(state, thread)]
        pending += after
        if not after:
            circles = machine.circles(state)
            found |= circles
            least |= {(circle, machine.lives(state)) for circle in circles
                      if is_least(circle, circles)}
    return found, least


class Replay(Machine):
    """Whether the threads of a deadlock can take what they keep in it in this order.

    order: (thread, index) of these acquisitions.
    """

    def __init__(self, program, circle, order, **how):
        super().__init__(program, **how)
        self.stops = dict(circle)
        self.order = {wait: turn for turn, wait in enumerate(order)}

    def at_once(self, state, thread):
        """What is kept comes in its turn, and nobody goes on behind a stop."""
        pc = state[0][thread]
        return (self.stops.get(thread) != pc and (thread, pc) not in self.order and
                super().at_once(state, thread))

    def closed(self, state):
        """Whether the circle is closed when all are at their stops and wait."""
        if any(state[0][thread] != stop for thread, stop in self.stops.items()):
            return False
        for thread in self.stops:
            state = self.queues(state, thread) or state
        return any(set(circle) == set(self.stops.items()) for circle in self.circles(state))

    def after(self, state, made):
        """The (state, acquisitions in order so far) that follow."""
        for thread, pc in enumerate(state[0]):
            turn = self.order.get((thread, pc))
            if self.stops.get(thread) == pc or turn not in (None, made):
                continue
            for how, following in self.steps(state, thread):
                if how == "goes" or turn is None:
                    yield following, made + (turn is not None)

    def holds(self, most=60000):
        seen, pending = set(), [(self.start(), 0)]
        while pending:
            state, made = pending.pop()
            state = self.settle(state)
            if (state, made) in seen:
                continue
            seen.add((state, made))
            if len(seen) > most:
                raise Unfit
            if made == len(self.order) and self.closed(state):
                return True
            pending += self.after(state, made)
        return False
