"""Random programs."""
from program import BARRIERS, LOCKS, RWLOCKS, SEMAPHORES, TIMED, Op, Program, holds, valid

POOLS = ([LOCKS] * 3 + [("mutex",)] * 4 + [("rwlock", "writerfirst"), ("writerfirst",),
         ("writerfirst", "mutex"), ("mutex", "recursive"), ("mutex", "sem"), ("mutex", "spin"),
         ("errorcheck", "rwlock")])


class Generator:
    """One program. What kind of program it becomes is chosen first, so that all kinds come up."""

    def __init__(self, rng):
        self.rng = rng
        pool = rng.choice(POOLS)
        self.kinds = [rng.choice(pool) for _ in range(rng.randint(2, 4))]
        self.locks = list(range(len(self.kinds)))
        self.count = rng.choice((2, 2, 3, 3, 3, 4))
        self.ordered = rng.choice((0, 0, 0, .5, .9))  # how often locks are taken in order
        self.giving_up = rng.choice((0, 0, 0, 0, .15, .4))
        self.crossed = rng.choice((0, 0, .3))  # released in another order
        self.reading = rng.choice((.3, .6, .9))
        self.outside = rng.choice((.3, .9))
        self.rounds = rng.choice((0, 0, .5))
        self.gate = rng.choice(self.locks) if rng.random() < .25 else None
        self.seats = None
        if rng.random() < .2:
            self.seats = len(self.kinds)
            self.kinds.append("sem2")

    def acquire(self, number, held):
        kind = self.kinds[number]
        reads = kind in RWLOCKS and (number in held or self.rng.random() < self.reading)
        name = "lock"
        if self.rng.random() < self.giving_up:
            name = self.rng.choice(("try", "timed") if kind in TIMED else ("try",))
        if reads:
            name = "read" if name == "lock" else name + "read"
        return Op(name, number)

    def choose(self, held):
        """A lock to take next; None: none that makes sense."""
        able = [number for number in self.locks if number not in held or
                self.kinds[number] == "recursive" or
                (self.kinds[number] in RWLOCKS and held[number] and self.rng.random() < .5)]
        if held and self.rng.random() < self.ordered:
            able = [number for number in able if number >= max(held)]
        return self.rng.choice(able) if able else None

    def section(self, held, depth):
        """Operations from an acquisition to its release."""
        number = self.choose(held)
        if number is None:
            return []
        first = self.acquire(number, held)
        inside = []
        if depth < 3 and self.rng.random() < (.9, .6, .3)[depth]:
            for _ in range(self.rng.choice((1, 1, 1, 2))):
                inside += self.section({**held, number: held.get(number, True) and
                                        "read" in first.name}, depth + 1)
        last = Op("unlock", number)
        if inside and self.rng.random() < self.crossed and inside[-1].object != number:
            return [first] + inside[:-1] + [last] + inside[-1:]
        return [first] + inside + [last]

    def body(self, sections):
        ops = []
        for _ in range(sections):
            added = self.section({}, 0)
            if self.gate is not None and self.rng.random() < .8:
                if all(op.object != self.gate for op in added):
                    added = [Op("lock", self.gate)] + added + [Op("unlock", self.gate)]
            ops += self.seated(added)
        return ops

    def seated(self, ops):
        """Mostly with a seat: a unit of a semaphore, which may be given up too early."""
        if self.seats is None or self.rng.random() < .1:
            return ops
        last = self.rng.randrange(len(ops) + 1) if self.rng.random() < .1 else len(ops)
        return [Op("wait", self.seats)] + ops[:last] + [Op("post", self.seats)] + ops[last:]

    def insert(self, ops, op, low=0, high=None):
        """Anywhere, more often at an end or where nothing is held."""
        high = len(ops) if high is None else min(high, len(ops))
        places = list(range(low, high + 1))
        outside = [at for at in places if at in (low, high) or at == len(ops) or
                   not holds(ops)[at]]
        at = self.rng.choice(outside if self.rng.random() < self.outside else places)
        ops.insert(at, op)
        return at

    def start_threads(self, threads):
        """Creates and joins: mostly by the main thread, all at once or in turn."""
        for number in range(1, self.count):
            creator = 0 if self.rng.random() < .8 else self.rng.randrange(number)
            ops = threads[creator]
            created = self.insert(ops, Op("create", number), 0, self.rng.choice((number - 1, None)))
            if self.rng.random() < .25:
                continue
            if self.rng.random() < .5:
                self.insert(ops, Op("join", number), created + 1)
            else:
                ops.append(Op("join", number))

    def add_meeting(self, threads, number, kind):
        if BARRIERS[kind] > self.count:
            kind = self.kinds[number] = "bar2"
        for thread in self.rng.sample(range(self.count), BARRIERS[kind]):
            self.insert(threads[thread], Op("barrier", number))

    def add_signal(self, threads):
        """Something by which a thread waits for another one."""
        kind = self.rng.choice(("sem0",) * 4 + ("sem1", "bar2", "bar3", "flag", "flag"))
        number = len(self.kinds)
        self.kinds.append(kind)
        if kind in BARRIERS:
            self.add_meeting(threads, number, kind)
            return
        first, second = self.rng.sample(range(self.count), 2)
        gives = self.rng.choice((1, 1, 1, 2, 3))
        takes = self.rng.randint(1, gives) if kind != "flag" else self.rng.randint(1, 2)
        for turn in range(gives):
            if turn and self.rng.random() < .3:
                first = self.rng.choice([each for each in range(self.count) if each != second])
            self.insert(threads[first], Op("set" if kind == "flag" else "post", number))
        for turn in range(takes):
            name = "wait" if self.rng.random() < .85 else self.rng.choice(("trywait", "timedwait"))
            if turn and self.rng.random() < .3:
                second = self.rng.randrange(self.count)
            self.insert(threads[second], Op("await" if kind == "flag" else name, number))

    def add_life(self, threads):
        """A lock or semaphore becomes another one, mostly where no other thread runs."""
        able = [number for number, kind in enumerate(self.kinds)
                if kind in LOCKS or kind in SEMAPHORES]
        self.insert(threads[0], Op("renew", self.rng.choice(able)))

    def again(self, ops):
        """Some of it once more."""
        if self.rng.random() < self.rounds:
            return ops + ops
        return ops

    def program(self):
        threads = [self.body(self.rng.choice((0, 0, 1, 2)))]
        threads += [self.again(self.body(self.rng.choice((1, 1, 2, 2, 3))))
                    for _ in range(1, self.count)]
        for number in range(2, self.count):
            if self.rng.random() < .15:
                threads[number] = list(threads[number - 1])
        self.start_threads(threads)
        for _ in range(self.rng.choice((0, 0, 1, 1, 1, 2, 2, 3))):
            self.add_signal(threads)
        for _ in range(self.rng.choice((0, 0, 0, 0, 0, 1, 2))):
            self.add_life(threads)
        return Program(self.kinds, threads, self.rng.random() < .3)


def generate(rng):
    """A program that makes sense."""
    while True:
        program = Generator(rng).program()
        if valid(program):
            return program
