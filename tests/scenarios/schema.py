"""The shape that CONTRACT.md gives the JSON report, as checks that raise Failure.

Owns what holds for every report, whatever the program; what a scenario claims is compared in compare.py.
"""
import re

GATED_KINDS = ("deadlock", "lock-inversion", "misuse")
KINDS = GATED_KINDS + ("data-race",)
VERDICTS = ("observed", "confirmed", "feasible", "potential", "discharged", None)
REASONS = ("gate-lock", "single-thread", "thread-order", "sync-order", "read-shared", "try-lock",
           "timed", "lock-reuse", None)
LOCK_KINDS = ("mutex", "rwlock", "spin", "semaphore", "condition", "barrier", "once", "thread",
              "gil", "file", "custom", "futex", "process")


class Failure(Exception):
    """One reason why the scenario fails."""


def fail(text):
    raise Failure(text)


def expect(condition, text):
    if not condition:
        fail(text)


def require(record, where, **kinds):
    """The fields of a record of the report, and their types."""
    expect(isinstance(record, dict), f"{where}: not an object")
    for name, kind in kinds.items():
        expect(name in record, f"{where}: no field {name}")
        value = record[name]
        good = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
        expect(good, f"{where}.{name}: {value!r}")


def check_stack(stack, where):
    expect(isinstance(stack, list), f"{where}: not a list of frames")
    for frame in stack:
        require(frame, where, module=(str, type(None)), offset=int)
        expect({"function", "file", "line"} <= frame.keys(), f"{where}: a frame lacks fields")


def check_schema(report):
    """The shape that docs/report.md gives the report."""
    require(report, "report", schema=str, verdict=str, gate=dict, summary=dict, processes=list,
            findings=list, locks=list, threads=list)
    expect(report["schema"] == "gordian-report/1", f"schema: {report['schema']!r}")
    expect(report["verdict"] in ("clean", "findings", "incomplete"),
           f"verdict: {report['verdict']!r}")
    require(report["gate"], "gate", passed=bool, fail_on=list)
    require(report["summary"], "summary", suppressed=int, baseline=int)
    expect(all(kind in report["summary"] for kind in KINDS), f"summary: {report['summary']!r}")
    for process in report["processes"]:
        require(process, "process", pid=int, exe=str, argv=list, exit=dict, duration_ns=int,
                threads=int, locks=int, acquisitions=int, dropped=int, complete=bool,
                idle_children=int)
        expect({"code", "signal"} <= process["exit"].keys(), f"exit: {process['exit']!r}")
    for lock in report["locks"]:
        require(lock, "lock", id=str, name=str, kind=str, address=str, process=int, created=dict,
                acquisitions=int, contended=int, threads=int, wait_ns=dict, hold_ns=dict)
        expect(lock["kind"] in LOCK_KINDS, f"lock {lock['id']}: kind {lock['kind']!r}")
        check_stack(lock["created"].get("stack"), f"lock {lock['id']} created")
        require(lock["wait_ns"], "wait_ns", total=int, max=int, p50=int, p99=int)
        require(lock["hold_ns"], "hold_ns", total=int, max=int, p50=int, p99=int, samples=int)
    for thread in report["threads"]:
        require(thread, "thread", id=str, process=int, tid=int, name=str, created=dict, joined=bool)
    for finding in report["findings"]:
        check_finding_schema(finding, report)


def none(kind, possible):
    """That type, or null where that is possible."""
    return (kind, type(None)) if possible else kind


def check_finding_schema(finding, report):
    require(finding, "finding", id=str, kind=str, rule=str, severity=str, message=str, locks=list,
            threads=list, steps=list, suppressed=bool, baseline=bool)
    name = finding["id"]
    expect(re.fullmatch(r"GD-[0-9a-f]{12}", name), f"finding id {name!r}")
    expect(finding["kind"] in KINDS, f"{name}: kind {finding['kind']!r}")
    expect(finding["verdict"] in VERDICTS, f"{name}: verdict {finding['verdict']!r}")
    expect(finding["reason"] in REASONS, f"{name}: reason {finding['reason']!r}")
    expect((finding["verdict"] == "discharged") == (finding["reason"] is not None),
           f"{name}: verdict {finding['verdict']} with reason {finding['reason']}")
    misuse = finding["kind"] == "misuse"
    expect(not misuse or finding["verdict"] is None, f"{name}: a misuse with a verdict")
    severities = ("note",) if finding["verdict"] == "discharged" else \
        ("error", "warning", "note") if misuse else ("error", "warning")
    expect(finding["severity"] in severities, f"{name}: severity {finding['severity']!r}")
    known = {lock["id"] for lock in report["locks"]}
    expect(set(finding["locks"]) <= known, f"{name}: locks {finding['locks']} not in the table")
    known = {thread["id"] for thread in report["threads"]}
    expect(set(finding["threads"]) <= known, f"{name}: threads {finding['threads']} unknown")
    for step in finding["steps"]:
        require(step, f"{name} step", thread=none(str, misuse), process=none(int, misuse),
                holds=list, wants=none(dict, misuse), count=int)
        for acquisition in step["holds"] + [step["wants"]] * (step["wants"] is not None):
            require(acquisition, f"{name} step", lock=none(str, misuse), mode=str, stack=list)
            check_stack(acquisition["stack"], f"{name} step")
        if step["wants"]:
            require(step["wants"], f"{name} wants", op=str)
        expect(step["count"] > 0, f"{name}: a step that never happened")
        waited_until = (step.get("since_ns") or 0) + (step.get("waited_ns") or 0)
        lasted = [process["duration_ns"] for process in report["processes"]
                  if process["pid"] == step["process"]]
        expect(not waited_until or waited_until <= max(lasted),
               f"{name}: {step['thread']} waited until {waited_until}, its process lasted {lasted}")


def check_witness(finding, report):
    """Its moves are a schedule: nobody takes what another one keeps, and at the end all wait. A file lock is
    the process's, and keeps out none of its threads."""
    files = {lock["id"] for lock in report["locks"] if lock["kind"] == "file"}
    name, moves, kept, waits = finding["id"], finding["witness"] or [], [], set()
    expect(bool(moves) == (finding["verdict"] == "feasible"), f"{name}: witness {moves}")
    for move in moves:
        expect(move["action"] in ("takes", "waits"), f"{name}: {move['action']!r} in its witness")
        expect(move["thread"] not in waits, f"{name}: {move['thread']} waits and goes on")
        in_the_way = any(lock == move["lock"] and lock not in files and thread != move["thread"] and
                         "exclusive" in (mode, move["mode"]) for thread, lock, mode in kept)
        if move["action"] == "takes":
            expect(not in_the_way, f"{name}: {move['thread']} takes what another one keeps")
            kept.append((move["thread"], move["lock"], move["mode"]))
        else:
            waits.add(move["thread"])
    expect(not moves or waits == {step["thread"] for step in finding["steps"]},
           f"{name}: not all wait at the end of the witness")


def check_cycle(finding, report):
    """Each step wants what the next one holds: else it is no cycle. Steps beyond the locks are writers that
    come between a reader and a reader; with one, a circle of one lock is a reader that reads again."""
    count = len(finding["locks"])
    steps, writers = finding["steps"][:count], finding["steps"][count:]
    expect(len(steps) == count, f"{finding['id']}: {len(steps)} steps for {count} locks")
    expect(count >= 2 or (count == 1 and steps[0]["wants"]["mode"] == "shared"),
           f"{finding['id']}: a cycle of {count} steps")
    for step, after in zip(steps, steps[1:] + steps[:1]):
        held = {hold["lock"] for hold in after["holds"]}
        expect(step["wants"]["lock"] in held,
               f"{finding['id']}: {step['thread']} wants {step['wants']['lock']}, which the next "
               f"step ({after['thread']}) does not hold")
    for writer in writers:
        expect(writer["wants"]["mode"] == "exclusive" and
               writer["wants"]["lock"] in finding["locks"],
               f"{finding['id']}: {writer['thread']} is no writer of it")
    check_witness(finding, report)
    if finding["verdict"] != "discharged":
        threads = [step["thread"] for step in finding["steps"]]
        tasks = finding["verdict"] == "potential" and "in another task" in finding["message"]
        expect(tasks or len(set(threads)) == len(threads),
               f"{finding['id']}: a thread waits for itself")
