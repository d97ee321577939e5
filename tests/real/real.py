"""What the tests of real programs share: a program is run as it is and under `gordian run`, by the
same driver, and the two are compared.

A driver is a module of this directory with

  PROGRAM     its name in the table
  PACKAGES    {command or file that is needed: the Debian package that has it}
  THREADS     threads that there have to be, in all processes together
  OPERATIONS  lock operations that there have to be, at least
  JUDGED      findings that may be there: a list of Judgement
  OPTIONAL    where it is true, tools/setup does not install the program, which is large: where it
              is missing the test is skipped
  drive(session)  runs the program, and returns what has to be the same with and without recording

THREADS and OPERATIONS are what the program cannot do without, so that an empty recording fails.
"""
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, os.pardir, "scenarios"))
from run import load  # noqa: E402
from compare import check_verdict, describe  # noqa: E402
from schema import Failure, check_schema, expect, fail  # noqa: E402

LIMIT_SECONDS = 50  # of one program; far beyond what it takes
READY_SECONDS = 20
KILL_SECONDS = 3
# How long a wait under a lock takes is the machine's doing as well: one that does other work lets
# any program be late by the 100 ms that are told otherwise.
OPTIONS = "blocking=10000"
SIGNALS_OF_PARENT = 1  # PR_SET_PDEATHSIG
SKIPPED = 77


class Skip(Exception):
    """Why the test cannot be made here, though nothing is missing."""


class Judgement:
    """A finding that is true, or known to be a false alarm: its rule, some function of each step,
    and why, from the source."""

    def __init__(self, rule, functions, because):
        self.rule = rule
        self.functions = functions
        self.because = because

    def fits(self, finding):
        if finding["rule"] != self.rule or finding["verdict"] == "discharged":
            return False
        seen = {frame["function"] for step in finding["steps"]
                for acquisition in step["holds"] + [step["wants"]]
                for frame in acquisition["stack"]}
        return set(self.functions) <= seen


def die_with_parent():
    """In the child: no core files, and SIGTERM when the test is killed."""
    import ctypes
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(SIGNALS_OF_PARENT, signal.SIGTERM)


class Session:
    """One pass of a driver: natively (gordian is None), or recorded."""

    def __init__(self, directory, gordian, programs):
        self.directory = directory
        self.gordian = gordian
        self.programs = programs
        self.processes = []
        self.runs = 0

    def path(self, name):
        return os.path.join(self.directory, name)

    def program(self, name):
        """A program that was built for a test."""
        path = os.path.join(self.programs, name)
        expect(os.access(path, os.X_OK), f"{path} was not built")
        return path

    def command(self, words):
        """timeout(1) makes a process group and ends it, whatever becomes of this test."""
        limit = ["timeout", f"--kill-after={KILL_SECONDS}", str(LIMIT_SECONDS)]
        if not self.gordian:
            return limit + words
        traces = self.path(f"traces-{self.runs}")
        report = self.path(f"report-{self.runs}.json")
        self.runs += 1
        return limit + [self.gordian, "run", "--quiet", "--keep", traces, "--format", "json",
                        "-o", report, "--"] + words

    def start(self, *words, environment=None):
        """Starts the program that is tested; its standard output and error go to files."""
        number = len(self.processes)
        with open(self.path(f"out-{number}"), "wb") as out, \
                open(self.path(f"err-{number}"), "wb") as err:
            process = subprocess.Popen(self.command(list(words)), cwd=self.directory,
                                       stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                       env=dict(os.environ, GORDIAN_OPTIONS=OPTIONS,
                                                **(environment or {})),
                                       preexec_fn=die_with_parent)
        self.processes.append(process)
        return process

    def call(self, words):
        """Runs a helper, which is not recorded; its exit code."""
        return subprocess.run(words, cwd=self.directory, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              timeout=READY_SECONDS, check=False).returncode

    def stream(self, process, name):
        with open(self.path(f"{name}-{self.processes.index(process)}"), "rb") as file:
            return file.read()

    def finish(self, process):
        """(exit code, standard output, standard error)."""
        code = process.wait(LIMIT_SECONDS + 2 * KILL_SECONDS)
        out, err = self.stream(process, "out"), self.stream(process, "err")
        expect(code != 124, f"{process.args} did not end in {LIMIT_SECONDS} s: {err[-500:]!r}")
        return code, out, err

    def run(self, *words, environment=None):
        """Runs the program that is tested to its end: what finish returns."""
        return self.finish(self.start(*words, environment=environment))

    def wait_until(self, ready, process):
        """Waits for a server: until ready() is neither false nor an OSError."""
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            if process.poll() is not None:
                fail(f"{process.args} ended with {process.returncode} before it was ready: "
                     f"{self.stream(process, 'err')[-500:]!r}")
            try:
                if ready():
                    return
            except OSError:
                pass
            time.sleep(0.02)
        fail(f"{process.args} was not ready after {READY_SECONDS} s")

    def close(self):
        """Nothing is left running: timeout(1) leads a group of its own."""
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(KILL_SECONDS)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()

    def reports(self):
        return [load(self.path(f"report-{run}.json"), "gordian run wrote none")
                for run in range(self.runs)]

    def count_nodes(self):
        """Distinct situations: node records in all traces."""
        nodes = 0
        for run in range(self.runs):
            directory = self.path(f"traces-{run}")
            for name in os.listdir(directory):
                dump = subprocess.run([self.gordian, "dump", os.path.join(directory, name)],
                                      stdout=subprocess.PIPE, check=True, cwd=self.directory)
                nodes += sum(line.split(b" ", 2)[1] == b"node"
                             for line in dump.stdout.splitlines())
        return nodes


def check_packages(driver):
    missing = sorted({package for name, package in driver.PACKAGES.items()
                      if not (os.path.exists(name) if "/" in name else shutil.which(name))})
    if missing and getattr(driver, "OPTIONAL", False):
        raise Skip(f"not installed: {' '.join(missing)}")
    expect(not missing, f"not installed, needed for this test: {' '.join(missing)} "
           "(tools/setup --tests installs them)")


def check_processes(report):
    expect(report["processes"], "no process was recorded")
    for process in report["processes"]:
        name = f"{process['exe']} ({process['pid']})"
        expect(process["dropped"] == 0, f"{name}: {process['dropped']} dropped")
        expect(process["complete"], f"{name}: its recording is not complete")


def check_findings(driver, report):
    """Every finding that is not discharged is a false alarm, unless it was judged."""
    for finding in report["findings"]:
        if finding["verdict"] == "discharged":
            continue
        if not any(judgement.fits(finding) for judgement in driver.JUDGED):
            fail(f"false alarm? {describe(finding)} {json.dumps(finding)}")


def make_row(driver, session, reports):
    processes = [process for report in reports for process in report["processes"]]
    verdicts = {}
    for report in reports:
        for finding in report["findings"]:
            reason = f" ({finding['reason']})" if finding["reason"] else ""
            text = f"{finding['rule']} {finding['verdict']}{reason}"
            verdicts[text] = verdicts.get(text, 0) + 1
    return {
        "program": driver.PROGRAM,
        "lock operations": sum(process["acquisitions"] for process in processes),
        "nodes": session.count_nodes(),
        "locks": sum(process["locks"] for process in processes),
        "threads": sum(process["threads"] for process in processes),
        "processes": len(processes),
        "findings": ", ".join(f"{count} {text}" for text, count in sorted(verdicts.items()))
                    or "none",
    }


def check_reports(driver, session):
    reports = session.reports()
    for report in reports:
        check_schema(report)
        check_processes(report)
        check_verdict(report)
        check_findings(driver, report)
    row = make_row(driver, session, reports)
    for what, least in (("threads", driver.THREADS), ("lock operations", driver.OPERATIONS)):
        expect(row[what] >= least, f"{row[what]} {what} recorded, there were at least {least}")
    # Not fewer than operations: what a fork's child inherits, or keeps after an unlock out of order,
    # are situations without an acquisition.
    expect(row["nodes"] > 0, "no situation was recorded")
    return row


def drive(driver, directory, gordian, programs):
    """One pass: what the driver returned, and the row of the table (None: native)."""
    os.mkdir(directory)
    session = Session(directory, gordian, programs)
    try:
        result = driver.drive(session)
    finally:
        session.close()
    return result, check_reports(driver, session) if gordian else None


def compare(native, recorded):
    for name in native:
        expect(recorded.get(name) == native[name], f"{name} differs: recorded "
               f"{str(recorded.get(name))[-500:]}, natively {str(native[name])[-500:]}")
    expect(native.keys() == recorded.keys(), "the recorded run has more results")


def test(driver, options):
    """Runs one driver both ways; returns the row. Failure and Skip go through."""
    check_packages(driver)
    directory = tempfile.mkdtemp(prefix="gordian-real-")
    os.chmod(directory, 0o711)
    try:
        native, _ = drive(driver, os.path.join(directory, "native"), None, options.programs)
        recorded, row = drive(driver, os.path.join(directory, "recorded"), options.gordian,
                              options.programs)
        compare(native, recorded)
    finally:
        if options.keep:
            print(f"kept {directory}")
        else:
            shutil.rmtree(directory, ignore_errors=True)
    return row
