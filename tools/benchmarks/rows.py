"""The rows of the table: what is measured, in what unit, and the target it is held against."""

import os
import statistics
from dataclasses import dataclass
from typing import Callable, Optional

import programs
from measure import Failed

RATIO, ADDED, VALUE = "ratio", "added", "value"


@dataclass(frozen=True)
class Row:
    """measure(way, directory, size) is a number in `unit`; size 1 is the whole load."""

    name: str
    unit: str
    measure: Callable
    kind: str = RATIO  # what the limit limits
    limit: Optional[float] = None
    peers: bool = True  # makes sense under Helgrind and its kin
    micro: bool = False  # one of our own programs: can be built for ThreadSanitizer
    alone: bool = False  # there is no native side: only the recorder's own value
    peer_size: float = 0.02
    help: str = ""


def micro(case):
    def measure(way, directory, size):
        command = [way.programs + "/micro", case, str(max(1, round(1 / size)))]
        return float(way.run(command, directory).text)

    return measure


def start_up(way, directory, size):
    """The median over several starts, in ms."""
    starts = max(1, int(20 * size))
    return 1000 * statistics.median(
        way.run([way.programs + "/startup"], directory).wall for _ in range(starts)
    )


def live_locks(shape):
    """Bytes of resident memory for each of a million live locks; the trace is mapped, and counts."""

    def measure(way, directory, size):
        command = [way.programs + "/crowd", shape, str(max(1000, int(1_000_000 * size)))]
        return float(way.run(command, directory).text)

    return measure


def trace_size(apparent):
    """KiB of the trace of a long run: blocks on disk, or length."""

    def measure(way, directory, size):
        way.run([way.programs + "/situations", str(max(1, int(2_000_000 * size)))], directory)
        traces = os.path.join(directory, "traces")
        if not os.path.isdir(traces) or not os.listdir(traces):
            raise Failed("no trace was written")
        stats = [os.stat(os.path.join(traces, name)) for name in os.listdir(traces)]
        return sum(s.st_size if apparent else 512 * s.st_blocks for s in stats) / 1024

    return measure


def analysis(field, *shape, locks=100_000):
    """Time (s) or peak memory (MiB) of the report of a large synthetic trace."""

    def measure(way, directory, size):
        trace = f"{directory}/large{size}{''.join(shape)}.gordian"
        if not os.path.exists(way.command):
            raise programs.Skipped(f"{way.command} is not built")
        if not os.path.exists(trace):
            numbers = [str(max(100, int(n * size))) for n in (locks, 1_000_000)]
            way.plain.run([way.loads + "/bigtrace", trace, *numbers, *shape], directory)
        process = way.plain.start([way.command, "report", trace], directory)
        used = process.wait(300, expected=(0, 1))
        if not used.text.strip():
            raise Failed("the report is empty")
        return getattr(used, field)

    return measure


ROWS = [
    Row("pair", "ns", micro("pair"), RATIO, 1.5, micro=True,
        help="lock+unlock, uncontended, in a process that has threads"),
    Row("pair-two-threads", "ns", micro("pair-two-threads"), RATIO, 1.5, micro=True,
        help="the same in two threads on two cores, each with its own lock"),
    Row("nested", "ns", micro("nested"), RATIO, 1.5, micro=True,
        help="a pair; half of them inside the other half"),
    Row("pair-never-threaded", "ns", micro("pair-never-threaded"), ADDED, 6, micro=True,
        help="a pair in a process that never had a second thread"),
    Row("life", "ns", micro("life"), micro=True,
        help="a mutex initialised, locked, unlocked, destroyed"),
    Row("malloc", "ns", micro("malloc"), RATIO, 1.1, micro=True,
        help="malloc+free of 48 bytes, in a program that has locks on its heap"),
    Row("recursive", "ns", micro("recursive"), micro=True,
        help="re-entry of a recursive mutex, and back"),
    Row("trylock", "ns", micro("trylock"), micro=True, help="trylock+unlock, always successful"),
    Row("hand-over-hand", "ns", micro("hand-over-hand"), micro=True,
        help="one step along a list of 100 nodes: next locked, this one unlocked"),
    Row("read", "ns", micro("read"), RATIO, 1.5, micro=True,
        help="the read side of a rwlock and back, uncontended"),
    Row("write", "ns", micro("write"), RATIO, 1.5, micro=True, help="the same, the write side"),
    Row("try-read", "ns", micro("try-read"), RATIO, 1.5, micro=True,
        help="tryrdlock+unlock, always successful"),
    Row("spin", "ns", micro("spin"), ADDED, 6, micro=True,
        help="a spin lock and back, uncontended"),
    Row("once", "ns", micro("once"), ADDED, 4, micro=True,
        help="pthread_once that is complete already"),
    Row("signal", "ns", micro("signal"), ADDED, 4, micro=True,
        help="pthread_cond_signal for nobody"),
    Row("semaphore", "ns", micro("semaphore"), RATIO, 1.5, micro=True,
        help="sem_wait+sem_post on one that starts at 1, uncontended: a lock"),
    Row("semaphore-counter", "ns", micro("semaphore-counter"), RATIO, 1.5, micro=True,
        help="the same on one that starts at 2: no lock"),
    Row("semaphore-try", "ns", micro("semaphore-try"), RATIO, 1.5, micro=True,
        help="sem_trywait+sem_post, always successful"),
    Row("condition", "ns", micro("condition"), RATIO, 1.15, micro=True,
        help="one turn of two threads that wait for each other by conditions, on one core"),
    Row("condition-64", "ns", micro("condition-64"), RATIO, 1.15, micro=True,
        help="the same of 64 threads, in a circle"),
    Row("semaphore-turn", "ns", micro("semaphore-turn"), RATIO, 1.15, micro=True,
        help="one turn of two threads that hand over to each other by semaphores, on one core"),
    Row("contended", "ns", micro("contended"), micro=True,
        help="a pair, two threads on two cores after the same mutex"),
    Row("create-join", "ns", micro("create-join"), RATIO, 1.3, micro=True,
        help="pthread_create+pthread_join"),
    Row("spin-crowd", "ns", micro("spin-crowd"), micro=True,
        help="one of 256 threads, made together, that take one spin lock"),
    Row("try-crowd", "ns", micro("try-crowd"), micro=True,
        help="the same, that try one mutex until they get it"),
    Row("fork-exit", "ns", micro("fork-exit"), micro=True, help="fork, _exit, waitpid"),
    Row("start-up", "ms", start_up, ADDED, 5, micro=True, peer_size=0.25,
        help="start to end of an empty C program, by the wall clock"),
    Row("sqlite", "s CPU", programs.sqlite, RATIO, 1.08, micro=True,
        help="four threads on a shared cache in memory, about 10 million acquisitions/s"),
    Row("pigz", "s CPU", programs.pigz, RATIO, 1.02, peer_size=0.1),
    Row("xz", "s CPU", programs.xz, RATIO, 1.02, peer_size=0.1, help="xz -T2"),
    Row("redis", "s CPU", programs.redis, RATIO, 1.02,
        help="the server, two io-threads, under redis-benchmark"),
    Row("memcached", "s CPU", programs.memcached, RATIO, 1.02, peer_size=0.002,
        help="the server, -t 2, eight connections, no pipelining"),
    Row("python", "s CPU", programs.python("threads.py", 400_000), RATIO, 1.02,
        help="a queue, a lock, five threads"),
    Row("python-tasks", "s CPU", programs.python("tasks.py", 10_000),
        help="a thread for each of 10 000 tasks, four at a time"),
    Row("trace-disk", "KiB", trace_size(False), VALUE, 256, peers=False, alone=True,
        help="on disk: ten situations, twenty million acquisitions"),
    Row("trace-length", "KiB", trace_size(True), VALUE, peers=False, alone=True,
        help="the same, as ls shows it"),
    Row("live-locks", "B", live_locks("flat"), ADDED, 300, peers=False,
        help="resident memory for each of 1 000 000 live locks, the trace included"),
    Row("live-nested", "B", live_locks("nested"), ADDED, 300, peers=False,
        help="the same; each is taken inside another lock"),
    Row("analysis-time", "s", analysis("wall"), VALUE, 10, peers=False, alone=True,
        help="gordian report, 100 000 locks and 1 000 000 nodes"),
    Row("analysis-memory", "MiB", analysis("rss"), VALUE, 1024, peers=False, alone=True,
        help="the same, peak resident set"),
    Row("tangled-time", "s", analysis("wall", "tangled"), VALUE, 10, peers=False, alone=True,
        help="the same numbers of locks and nodes, without any order: one huge component"),
    Row("tangled-memory", "MiB", analysis("rss", "tangled"), VALUE, 1024, peers=False, alone=True,
        help="the same, peak resident set"),
    Row("knot-time", "s", analysis("wall", "knot"), VALUE, 20, peers=False, alone=True,
        help="the same numbers, in order but for a component of 2000 locks"),
    Row("knot-memory", "MiB", analysis("rss", "knot"), VALUE, 2048, peers=False, alone=True,
        help="the same, peak resident set"),
    Row("pairs-time", "s", analysis("wall", "pairs", locks=200_000), VALUE, 20, peers=False,
        alone=True, help="one mistake, made with each of 100 000 pairs of locks"),
    Row("pairs-memory", "MiB", analysis("rss", "pairs", locks=200_000), VALUE, 2048, peers=False,
        alone=True, help="the same, peak resident set"),
]
