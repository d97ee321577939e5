"""Makes a program that is judged wrongly as small as it goes."""
from program import ACQUIRING, TAKING, Op, Program, releases, valid

PLAINER = {"try": "lock", "timed": "lock", "tryread": "read", "timedread": "read", "read": "lock"}
PLAINER_KINDS = {kind: "mutex" for kind in ("errorcheck", "recursive", "spin", "sem", "rwlock")}


def without(program, gone):
    """The program without these (thread, index)."""
    threads = [[op for index, op in enumerate(ops) if (thread, index) not in gone]
               for thread, ops in enumerate(program.threads)]
    return Program(program.kinds, threads, program.one_site)


def without_thread(program, thread):
    threads = [[Op(op.name, op.object - (op.object > thread)) if op.name in ("create", "join")
                else op for op in ops if op not in (Op("create", thread), Op("join", thread))]
               for number, ops in enumerate(program.threads) if number != thread]
    return Program(program.kinds, threads, program.one_site)


def without_object(program, number):
    gone = {(thread, index) for thread, ops in enumerate(program.threads)
            for index, op in enumerate(ops)
            if op.name not in ("create", "join") and op.object == number}
    return without(program, gone)


def replaced(program, thread, index, op):
    threads = [list(ops) for ops in program.threads]
    threads[thread][index] = op
    return Program(program.kinds, threads, program.one_site)


def smaller(program):
    """All programs that are a little smaller or plainer, the smallest first."""
    for thread in range(len(program.threads) - 1, 0, -1):
        yield without_thread(program, thread)
    for number in range(len(program.kinds)):
        yield without_object(program, number)
    for thread, ops in enumerate(program.threads):
        pairs = releases(ops)
        for index, op in enumerate(ops):
            if op.name in ACQUIRING:
                yield without(program, {(thread, index), (thread, pairs[index])})
            elif op.name in ("join", "post", "set", "await", "renew") + TAKING:
                yield without(program, {(thread, index)})
    for thread, ops in enumerate(program.threads):
        for index, op in enumerate(ops):
            if op.name in PLAINER:
                yield replaced(program, thread, index, Op(PLAINER[op.name], op.object))
    for number, kind in enumerate(program.kinds):
        if kind in PLAINER_KINDS:
            kinds = list(program.kinds)
            kinds[number] = PLAINER_KINDS[kind]
            yield Program(kinds, program.threads, program.one_site)


def shrink(program, fails):
    """The smallest program found for which fails(program) still holds."""
    again = True
    while again:
        again = False
        for candidate in smaller(program):
            if str(candidate) != str(program) and valid(candidate) and fails(candidate):
                program, again = candidate, True
                break
    return program
