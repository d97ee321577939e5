"""Random schedules for the player: such as come to the end of a program, and such as do not."""
from explore import ACQUIRE, AWAIT, BARRIER, JOIN, TRY, TRYWAIT, WAIT, Machine
from program import BARRIERS, ON_THREADS


class Schedule:
    """steps: for the player; done: (thread, index) of all operations that came out; waited: of
    those that had to wait; lives: of their objects.

    circles: of threads that wait for each other in the end.
    """

    def __init__(self, steps, done, failed, creations):
        self.steps = steps
        self.done = done
        self.failed = failed  # tries
        self.creations = creations  # threads, in the order of their creation
        self.waited = set()
        self.lives = {}
        self.circles = set()

    def thread(self, number):
        """The program's thread that was created as the number-th."""
        return self.creations[number] if 0 <= number < len(self.creations) else -1


class Walk:
    def __init__(self, program, rng, stay, early):
        """stay: how likely a thread goes on after its step; early: that one waits, if it must."""
        self.machine = Machine(program)
        self.program = program
        self.rng = rng
        self.stay = stay
        self.early = early
        self.state = self.machine.start()
        self.pending = set()
        self.schedule = Schedule([], set(), 0, [0])

    def step(self, thread, suffix="", mark=""):
        index = self.state[0][thread]
        op = self.program.threads[thread][index]
        if self.pending:  # they sleep by then, so that what happens is known
            mark += "?"
        self.schedule.steps.append(
            f"{thread}:{op.name}{suffix}:{op.object}:{self.program.site(index)}{mark}")

    def came_out(self, thread):
        index = self.state[0][thread]
        self.schedule.done.add((thread, index))
        op = self.program.threads[thread][index]
        if op.name not in ON_THREADS:
            self.schedule.lives[thread, index] = self.machine.lives(self.state)[op.object]

    def wanted(self):
        return {self.machine.op(self.state, thread)[1] for thread in self.pending
                if self.machine.op(self.state, thread)[0] != JOIN}

    def may_wait(self, thread):
        """Whether the thread may begin to wait: one for each object, so that it is known who
        goes on."""
        code, number, _, _ = self.machine.op(self.state, thread)
        if code == JOIN:
            return True
        if code not in (ACQUIRE, WAIT, AWAIT) or self.machine.kinds[number] == "spin":
            return False
        return number not in self.wanted()

    def options(self):
        """(thread, how) of all that can come next."""
        found = []
        for thread in range(len(self.machine.threads)):
            if not self.machine.live(self.state, thread) or thread in self.pending:
                continue
            code, number, _, _ = self.machine.op(self.state, thread)
            if code in (TRY, TRYWAIT) and number in self.wanted():
                continue
            ways = [how for how, _ in self.machine.steps(self.state, thread) if how != "queues"]
            found += [(thread, how) for how in ways]
            if not ways and self.rng.random() < self.early and self.may_wait(thread):
                found.append((thread, "waits"))
        return found

    def take(self, thread, how):
        code, number, _, _ = self.machine.op(self.state, thread)
        if how == "waits":
            self.step(thread, mark="!")
            self.schedule.waited.add((thread, self.state[0][thread]))
            self.pending.add(thread)
            self.state = self.machine.queues(self.state, thread) or self.state
        elif how == "fails":
            self.step(thread, "-fails")
            self.schedule.failed += 1
            self.state = self.machine.gives_up(self.state, thread)
        elif code == BARRIER:
            self.meet(thread, number)
        else:
            self.step(thread)
            self.came_out(thread)
            if self.program.threads[thread][self.state[0][thread]].name == "create":
                self.schedule.creations.append(number)
            self.state = self.machine.perform(self.state, thread)
        self.let_through()

    def meet(self, thread, number):
        """The thread arrives at a barrier; the last one lets all through."""
        arrived = self.state[1][number]
        last = len(arrived) + 1 == BARRIERS[self.machine.kinds[number]]
        self.step(thread, mark="" if last else "!")
        self.came_out(thread)
        self.state = self.machine.perform(self.state, thread)
        if last:
            self.schedule.steps += [f"{other}:through:0:0" for other in arrived]

    def let_through(self):
        """Those who waited and can go on do so before anything else happens."""
        for thread in sorted(self.pending):
            if not self.machine.can(self.state, thread):
                continue
            self.pending.remove(thread)
            self.schedule.steps.append(f"{thread}:through:0:0")
            self.came_out(thread)
            self.state = self.machine.perform(self.state, thread)
            return self.let_through()
        return None

    def stick(self):
        """All who cannot go on wait: those whom writers keep out last."""
        machine = self.machine
        stuck = [thread for thread in range(len(machine.threads))
                 if machine.live(self.state, thread) and thread not in self.pending and
                 machine.op(self.state, thread)[0] not in (BARRIER, TRY, TRYWAIT)]
        for thread in sorted(stuck, key=lambda thread: not machine.op(self.state, thread)[2]):
            self.step(thread, mark="!")
            self.pending.add(thread)
            self.state = machine.queues(self.state, thread) or self.state
        self.schedule.circles = machine.circles(self.state)

    def run(self):
        """Until nothing goes on."""
        current = 0
        while True:
            options = self.options()
            if not options:
                break
            mine = [option for option in options if option[0] == current]
            chosen = self.rng.choice(
                mine if mine and self.rng.random() < self.stay else options)
            current = chosen[0]
            self.take(*chosen)
        return all(self.machine.done(self.state, thread)
                   for thread in range(len(self.machine.threads)))


def complete(program, rng, tries=30):
    """A schedule that comes to the end; None: none was found."""
    for _ in range(tries):
        walk = Walk(program, rng, rng.choice((0, .5, .8, .95)), rng.choice((0, 0, .5)))
        if walk.run():
            return walk.schedule
    return None


def deadlocked(program, rng, tries=20):
    """A schedule that ends in a deadlock; None: none was found."""
    for _ in range(tries):
        walk = Walk(program, rng, rng.choice((0, 0, .5)), rng.choice((0, .5)))
        if walk.run():
            continue
        walk.stick()
        if walk.schedule.circles:
            return walk.schedule
    return None
