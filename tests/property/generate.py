"""Random programs."""
from program import BARRIERS, LOCKS, RWLOCKS, TIMED, Op, Program, valid

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
        self.gate = rng.choice(self.locks) if rng.random() < .25 else None

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
            ops += added
        return ops

    def insert(self, ops, op, low=0, high=None):
        at = self.rng.randint(low, len(ops) if high is None else min(high, len(ops)))
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
            joiner = ops
            if self.rng.random() < .5:
                self.insert(joiner, Op("join", number), created + 1)
            else:
                joiner.append(Op("join", number))

    def add_signal(self, threads):
        """Something by which a thread waits for another one."""
        first, second = self.rng.sample(range(self.count), 2)
        kind = self.rng.choice(("sem0", "sem0", "sem0", "sem1", "bar2", "bar3", "flag", "flag"))
        number = len(self.kinds)
        self.kinds.append(kind)
        if kind in BARRIERS:
            if BARRIERS[kind] > self.count:
                self.kinds[-1] = "bar2"
            for thread in self.rng.sample(range(self.count), BARRIERS[self.kinds[-1]]):
                self.insert(threads[thread], Op("barrier", number))
            return
        give, take = ("set", "await") if kind == "flag" else ("post", "wait")
        for _ in range(self.rng.choice((1, 1, 1, 2))):
            self.insert(threads[first], Op(give, number))
            first = self.rng.choice([thread for thread in range(self.count) if thread != second])
        for _ in range(self.rng.choice((1, 1, 1, 2))):
            self.insert(threads[second], Op(take, number))

    def program(self):
        threads = [self.body(self.rng.choice((0, 0, 1)))]
        threads += [self.body(self.rng.choice((1, 1, 2, 2, 3))) for _ in range(1, self.count)]
        for number in range(2, self.count):
            if self.rng.random() < .15:
                threads[number] = list(threads[number - 1])
        self.start_threads(threads)
        for _ in range(self.rng.choice((0, 0, 1, 1, 2))):
            self.add_signal(threads)
        return Program(self.kinds, threads, self.rng.random() < .3)


def generate(rng):
    """A program that makes sense."""
    while True:
        program = Generator(rng).program()
        if valid(program):
            return program
