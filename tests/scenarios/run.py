#!/usr/bin/env python3
"""Runs one scenario and compares what gordian says with what the scenario claims.

A scenario is one program: NAME.c, NAME.cc or NAME.py. It may bring a shared library: NAME.linked.c
(or .cc) is linked to it, NAME.loaded.c (or .cc) is built beside it as NAME.so, for dlopen. Its
claims are comments, each on a line of its own ("/* … */", "// …" or "# …"):

  EXPECT RULE VERDICT [REASON] PLACE…   one finding; REASON only with the verdict `discharged`
  EXPECT RULE misuse PLACE…             one finding of a rule of misuse, which has no verdict
  EXPECT none          no finding at all
  EXPECT clean         no finding but discharged ones, of which there may be any
  ALLOW discharged     beside EXPECT RULE: further discharged findings are in order
  ALLOW incomplete     operations may be dropped (and are then counted)
  EXIT N | EXIT SIGX   how the program ends by itself; 0 without it
  ARGS WORD…           the program's arguments
  OUTPUT TEXT          a line of its standard output
  INSTANCES BOUND      instances of the one finding expected
  THREADS BOUND        threads of all processes together
  PROCESSES BOUND      process images: a fork makes one, an exec makes one
  ACQUISITIONS BOUND   acquisitions of all processes together; without it, at least one
  DROPPED BOUND        what all processes together could not record
  TRACE BOUND          KiB of all its traces together
  CONTENDED LOCK BOUND the lock of that name had to be waited for so often
  NAMED TEXT           a thread of that name
  LOCK TEXT            a lock of that name
  SAYS TEXT            that stands in the message of some finding
  IGNORED BOUND        acquisitions in regions that the program asks to ignore; 0 without it
  NEEDS LIBRARY        this source is linked to a library, under its pkg-config name; where it is
                       not there, the scenario is not built

A BOUND is N or =N, >=N, or <=N. A place is a name for a line, given by a comment at its end:
"/* @first */". A Python program claims no places: its lines are not in its native stacks. Every place of an EXPECT must be the line of a frame of a hold or of a want in one
of the steps of its finding. Every finding must be claimed, every claim be found.
"""
import argparse
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from schema import (Failure, GATED_KINDS, KINDS, REASONS, VERDICTS, check_cycle, check_schema,
                    expect, fail)  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
NATIVE_SECONDS = 20
RECORDED_SECONDS = 60
GATE_EXIT = 66
NOTES = ("thread-leak", "blocking-under-lock", "signal-unlocked")
DIRECTIVES = ("EXPECT", "ALLOW", "EXIT", "ARGS", "OUTPUT", "INSTANCES", "THREADS", "PROCESSES",
              "ACQUISITIONS", "DROPPED", "CONTENDED", "NAMED", "LOCK", "SAYS", "IGNORED", "NEEDS", "TRACE")
OWN_FILES = ("run.py", "schema.py")
ROLES = ("linked", "loaded")
COMMENT = r"(?:/\*|//|#)\s*"
DIRECTIVE = re.compile(r"^\s*" + COMMENT + r"([A-Z]{4,})\b[ \t]*(.*?)\s*(?:\*/)?\s*$")
PLACE = re.compile(COMMENT + r"((?:@[\w-]+\s*)+)(?:\*/)?\s*$")


class Bound:
    def __init__(self, text):
        match = re.fullmatch(r"(>=|<=|=)?(\d+)", text)
        expect(match, f"not a bound: {text!r}")
        self.text = text
        self.operator = match[1] or "="
        self.number = int(match[2])

    def holds(self, value):
        return {"=": value == self.number, ">=": value >= self.number,
                "<=": value <= self.number}[self.operator]

    def check(self, value, what):
        expect(self.holds(value), f"{what}: {value}, expected {self.text}")


class Claim:
    """EXPECT RULE VERDICT [REASON] PLACE…"""

    def __init__(self, words, python):
        self.text = " ".join(words)
        expect(len(words) >= 2, f"EXPECT {self.text}: a rule and a verdict are needed")
        self.rule, self.verdict, rest = words[0], words[1], words[2:]
        if self.verdict == "misuse":
            self.verdict = None
        expect(self.verdict in VERDICTS, f"EXPECT {self.text}: no such verdict: {self.verdict}")
        self.reason = None
        if self.verdict == "discharged":
            expect(rest and rest[0] in REASONS, f"EXPECT {self.text}: a reason is needed")
            self.reason, rest = rest[0], rest[1:]
        self.places = rest
        expect(rest or python, f"EXPECT {self.text}: name its places")

    def misfit(self, finding, scenario):
        """Why the finding is not the claimed one; None: it is."""
        if (finding["rule"], finding["verdict"]) != (self.rule, self.verdict):
            return f"it is {finding['rule']} {finding['verdict']}"
        if finding["reason"] != self.reason:
            return f"its reason is {finding['reason']}"
        lines = finding_lines(finding)
        for place in self.places:
            if scenario.places[place] not in lines:
                file, line = scenario.places[place]
                return f"no hold or want is at @{place} ({file}:{line})"
        return None


class Scenario:
    """What a scenario's source claims."""

    def __init__(self, source):
        self.source = source
        self.claims = []
        self.words = {word: [] for word in DIRECTIVES}
        self.places = {}
        for path in [source] + companions(source):
            self.read(path)
        self.settle()

    def read(self, path):
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                match = DIRECTIVE.match(line)
                if match:
                    expect(match[1] in DIRECTIVES, f"{path}:{number}: no directive {match[1]}")
                    self.words[match[1]].append(match[2].strip())
                match = PLACE.search(line)
                for place in match[1].split() if match else []:
                    expect(place[1:] not in self.places, f"{path}:{number}: {place} again")
                    self.places[place[1:]] = (os.path.basename(path), number)

    def one(self, word):
        values = self.words[word]
        expect(len(values) <= 1, f"more than one {word}")
        return values[0] if values else None

    def settle(self):
        expect(self.words["EXPECT"], "no EXPECT line")
        self.clean = "clean" in self.words["EXPECT"]
        self.none = "none" in self.words["EXPECT"]
        expect(not (self.clean or self.none) or len(self.words["EXPECT"]) == 1,
               "EXPECT none and EXPECT clean stand alone")
        if not self.clean and not self.none:
            self.claims = [Claim(text.split(), self.source.endswith(".py"))
                           for text in self.words["EXPECT"]]
        for claim in self.claims:
            for place in claim.places:
                expect(place in self.places, f"EXPECT {claim.text}: there is no @{place}")
        for allowed in self.words["ALLOW"]:
            expect(allowed in ("discharged", "incomplete"), f"ALLOW {allowed}: not known")
        self.allow_discharged = self.clean or "discharged" in self.words["ALLOW"]
        self.allow_incomplete = "incomplete" in self.words["ALLOW"]
        ending = self.one("EXIT") or "0"
        self.returncode = -signal.Signals[ending] if ending.startswith("SIG") else int(ending)
        self.arguments = (self.one("ARGS") or "").split()
        self.gate_fails = any(claim.verdict != "discharged" and claim.rule not in NOTES
                              for claim in self.claims)

    def bound(self, word):
        text = self.one(word)
        return Bound(text) if text else None


def companion(source, role):
    """The shared library a scenario brings for that role; None: it brings none."""
    stem = os.path.splitext(source)[0]
    paths = [f"{stem}.{role}{kind}" for kind in (".c", ".cc")]
    return next((path for path in paths if os.path.exists(path)), None)


def companions(source):
    return [path for path in (companion(source, role) for role in ROLES) if path]


def list_scenarios():
    """A line for each scenario: name, source, linked and loaded library, what each of them needs.

    What there is not is "-".
    """
    lines = []
    for file in sorted(os.listdir(HERE)):
        name, kind = os.path.splitext(file)
        if kind not in (".c", ".cc", ".py") or "." in name or file in OWN_FILES:
            continue
        path = os.path.join(HERE, file)
        sources = [path] + [companion(path, role) for role in ROLES]
        lines.append(" ".join([name] + [os.path.basename(each or "-") for each in sources] +
                              [needs(each) if each else "-" for each in sources]))
    return lines


def needs(path):
    with open(path, encoding="utf-8") as file:
        matches = [DIRECTIVE.match(line) for line in file]
    return next((match[2] for match in matches if match and match[1] == "NEEDS"), "-")


def frames(acquisition):
    return acquisition.get("stack") or []


def finding_lines(finding):
    """(file, line) of every frame of every hold and want."""
    lines = set()
    for step in finding["steps"]:
        for acquisition in step["holds"] + [step["wants"]] * (step["wants"] is not None):
            for frame in frames(acquisition):
                if frame.get("file"):
                    lines.add((os.path.basename(frame["file"]), frame.get("line")))
    return lines


def describe(finding):
    places = []
    for step in finding["steps"]:
        top = [frame for frame in frames(step["wants"] or {}) if frame.get("file")][:1]
        places += [f"{os.path.basename(frame['file'])}:{frame['line']}" for frame in top]
    reason = f" ({finding['reason']})" if finding["reason"] else ""
    return f"{finding['rule']} {finding['verdict']}{reason} at {', '.join(places)}: " \
           f"{finding['message']}"


# Running


def program_command(program, scenario):
    if program.endswith(".py"):
        return [os.path.realpath(sys.executable), program] + scenario.arguments
    return [program] + scenario.arguments


def execute(command, directory, seconds, what, environment=None):
    no_core = lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with subprocess.Popen(command, cwd=directory, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=no_core,
                              env=environment, start_new_session=True) as process:
            try:
                out, err = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                out, err = process.communicate()
                tail = err.decode(errors="replace")[-300:]
                fail(f"{what}: did not end in {seconds} s; standard error ends: {tail!r}")
    except OSError as error:
        fail(f"{what}: cannot run {command[0]}: {error.strerror}")
    return process.returncode, out, err


def run_native(scenario, command, directory):
    result = execute(command, directory, NATIVE_SECONDS, "natively")
    expect(result[0] == scenario.returncode,
           f"natively: ended with {result[0]}, expected {scenario.returncode}: {result[2]!r}")
    lines = result[1].decode(errors="replace").splitlines()
    for text in scenario.words["OUTPUT"]:
        expect(text in lines, f"natively: no line {text!r} in its output {lines!r}")
    return result


def run_recorded(options, command, directory):
    """Under `gordian run`: (exit status, stdout, stderr without gordian's own lines, report)."""
    path = os.path.join(directory, "report.json")
    run = [options.gordian, "run", "--format", "json", "-o", path, "--exit-code", str(GATE_EXIT)]
    status, out, err = execute(run + ["--"] + command, directory, RECORDED_SECONDS, "recorded")
    report = load(path, f"gordian run ended with {status}: {err.decode(errors='replace')[-500:]}")
    own = b"".join(line for line in err.splitlines(True) if not line.startswith(b"gordian:"))
    return status, out, own, report


def run_preloaded(options, command, directory):
    """With LD_PRELOAD alone, and the report made afterwards."""
    traces = os.path.join(directory, "traces")
    os.mkdir(traces)
    environment = dict(os.environ, LD_PRELOAD=options.preload, GORDIAN_OPTIONS="out=" + traces)
    status, out, err = execute(command, directory, RECORDED_SECONDS, "preloaded", environment)
    path = os.path.join(directory, "report.json")
    report = [options.gordian, "report", "--format", "json", "-o", path, traces]
    _, _, complaint = execute(report, directory, RECORDED_SECONDS, "gordian report")
    return status, out, err, load(path, complaint.decode(errors="replace")[-500:])


def check_trace(options, scenario, command, directory):
    """How large the traces of one more run are, in use and on disk."""
    bound = scenario.bound("TRACE")
    if not bound:
        return
    traces = os.path.join(directory, "recorded")
    execute([options.gordian, "record", "-o", traces, "--"] + command, directory,
            RECORDED_SECONDS, "recorded once more")
    sizes = [os.path.getsize(os.path.join(traces, name)) for name in os.listdir(traces)]
    bound.check(sum(sizes) // 1024, "KiB of its traces")


def load(path, context):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return fail(f"no report was written; {context}")
    except ValueError as error:
        return fail(f"the report is not JSON: {error}")


# Comparing


def assign(claims, findings, scenario):
    """Gives each claim a finding of its own; returns the findings left, or None."""
    if not claims:
        return findings
    for index, finding in enumerate(findings):
        if claims[0].misfit(finding, scenario) is None:
            left = assign(claims[1:], findings[:index] + findings[index + 1:], scenario)
            if left is not None:
                return left
    return None


def explain_missing(scenario, findings):
    for claim in scenario.claims:
        reasons = [claim.misfit(finding, scenario) for finding in findings]
        if None not in reasons:
            seen = "; ".join(f"{describe(finding)} [{reason}]"
                             for finding, reason in zip(findings, reasons)) or "none at all"
            fail(f"not found: EXPECT {claim.text}. Findings: {seen}")
    fail(f"{len(scenario.claims)} findings expected, {len(findings)} found: "
         + "; ".join(describe(finding) for finding in findings))


def check_findings(scenario, findings):
    left = assign(scenario.claims, findings, scenario)
    if left is None:
        explain_missing(scenario, findings)
    for finding in left:
        if finding["verdict"] != "discharged" or not scenario.allow_discharged:
            fail(f"unexpected finding: {describe(finding)}")
    for finding in findings:
        if finding["rule"] == "lock-order":
            check_cycle(finding)
    bound = scenario.bound("INSTANCES")
    if bound:
        expect(len(scenario.claims) == 1, "INSTANCES needs exactly one EXPECT")
        finding = next(each for each in findings
                       if scenario.claims[0].misfit(each, scenario) is None)
        expect("instances" in finding, "the finding has no field instances")
        bound.check(finding["instances"], "instances")


def check_complete(scenario, report):
    expect(report["processes"], "no process was recorded")
    for process in report["processes"]:
        if not scenario.allow_incomplete:
            expect(process["complete"] and process["dropped"] == 0,
                   f"process {process['pid']} is incomplete, {process['dropped']} dropped")
    total = sum(process["acquisitions"] for process in report["processes"])
    (scenario.bound("ACQUISITIONS") or Bound(">=1")).check(total, "acquisitions")
    dropped = scenario.bound("DROPPED")
    if dropped:
        dropped.check(sum(each["dropped"] for each in report["processes"]), "dropped")
    for word, value in (("THREADS", sum(each["threads"] for each in report["processes"])),
                        ("PROCESSES", len(report["processes"]))):
        if scenario.bound(word):
            scenario.bound(word).check(value, word.lower())


def check_tables(scenario, report):
    for text in scenario.words["CONTENDED"]:
        name, bound = text.split()
        locks = [lock for lock in report["locks"] if lock["name"] == name]
        expect(locks, f"no lock is named {name}; there are "
               f"{sorted({lock['name'] for lock in report['locks']})[:10]}")
        contended = sum(lock["contended"] for lock in locks)
        Bound(bound).check(contended, f"contended acquisitions of {name}")
        waited = sum(lock["wait_ns"]["total"] for lock in locks)
        expect((waited > 0) == (contended > 0), f"{name}: contended {contended}, waited {waited}")
    lock_names = sorted({lock["name"] for lock in report["locks"]})
    for name in scenario.words["LOCK"]:
        expect(name in lock_names, f"no lock is named {name}; there are {lock_names[:20]}")
    for text in scenario.words["SAYS"]:
        messages = [finding["message"] for finding in report["findings"]]
        expect(any(text in message for message in messages), f"no finding says {text!r}: {messages}")
    ignored = scenario.bound("IGNORED") or Bound("0")
    ignored.check(report["coverage"]["ignored"], "ignored acquisitions")
    for name in scenario.words["NAMED"]:
        names = sorted({thread["name"] for thread in report["threads"]})
        expect(name in names, f"no thread is named {name}; there are {names[:20]}")


def check_verdict(report):
    failing = [finding for finding in report["findings"]
               if finding["kind"] in GATED_KINDS and finding["verdict"] != "discharged"
               and finding["severity"] != "note"]
    expect(report["gate"]["passed"] == (not failing),
           f"gate passed: {report['gate']['passed']}, with {len(failing)} findings that fail it")
    for kind in KINDS:
        alike = [finding for finding in report["findings"] if finding["kind"] == kind]
        counted = [finding for finding in alike if finding["verdict"] != "discharged"]
        expect(len(counted) <= report["summary"][kind] <= len(alike),
               f"summary: {report['summary'][kind]} {kind}, with {len(counted)} findings")
    incomplete = any(not process["complete"] for process in report["processes"])
    verdict = "findings" if report["findings"] else "incomplete" if incomplete else "clean"
    expect(report["verdict"] == verdict, f"verdict {report['verdict']}, expected {verdict}")


def check_ending(report, native):
    ending = (native, None) if native >= 0 else (None, -native)
    seen = [(each["exit"]["code"], each["exit"]["signal"]) for each in report["processes"]]
    expect(ending in seen, f"no process ended with (code, signal) {ending}: {seen}")


def compare(scenario, native, recorded):
    _, out, err, report = recorded
    expect(out == native[1], f"standard output differs: {out[-300:]!r}, natively "
           f"{native[1][-300:]!r}")
    expect(err == native[2], f"standard error differs: {err[-300:]!r}, natively "
           f"{native[2][-300:]!r}")
    check_schema(report)
    check_findings(scenario, report["findings"])
    check_complete(scenario, report)
    check_tables(scenario, report)
    check_verdict(report)


def run(options, scenario, directory):
    command = program_command(options.program, scenario)
    native_directory = os.path.join(directory, "native")
    recorded_directory = os.path.join(directory, "recorded")
    os.mkdir(native_directory)
    os.mkdir(recorded_directory)
    native = run_native(scenario, command, native_directory)
    if options.native:
        return
    if options.preload:
        recorded = run_preloaded(options, command, recorded_directory)
        compare(scenario, native, recorded)
        status = native[0]
    else:
        recorded = run_recorded(options, command, recorded_directory)
        compare(scenario, native, recorded)
        check_ending(recorded[3], native[0])
        check_trace(options, scenario, command, recorded_directory)
        status = GATE_EXIT if scenario.gate_fails else native[0] if native[0] >= 0 \
            else 128 - native[0]
    expect(recorded[0] == status, f"ended with {recorded[0]}, expected {status}")


def check_listed(names):
    """Whether the build knows every scenario there is."""
    there = [line.split()[0] for line in list_scenarios()]
    missing = sorted(set(there) - set(names))
    if missing:
        print(f"not in the build: {', '.join(missing)}; run meson setup --reconfigure")
    return 1 if missing else 0


def parse_arguments():
    parser = argparse.ArgumentParser(description="Runs one scenario, or lists all of them.")
    parser.add_argument("--list", action="store_true", help="list the scenarios, for the build")
    parser.add_argument("--listed", nargs="*", metavar="NAME",
                        help="fail if there is a scenario that is not one of these")
    parser.add_argument("--gordian", help="the gordian command")
    parser.add_argument("--preload", metavar="LIBRARY",
                        help="use LD_PRELOAD and gordian report instead of gordian run")
    parser.add_argument("--native", action="store_true", help="only run the program by itself")
    parser.add_argument("--keep", action="store_true", help="keep the working directory")
    parser.add_argument("program", nargs="?", help="the program, or the script itself")
    parser.add_argument("source", nargs="?", help="its source, if it is not the program itself")
    options = parser.parse_args()
    if options.list or options.listed is not None:
        return options
    if not options.program or not (options.native or options.gordian):
        parser.error("a program, and --gordian or --native, are needed")
    for name in ("program", "source", "gordian", "preload"):
        if getattr(options, name):
            setattr(options, name, os.path.abspath(getattr(options, name)))
    return options


def main():
    options = parse_arguments()
    if options.list:
        print("\n".join(list_scenarios()))
        return 0
    if options.listed is not None:
        return check_listed(options.listed)
    directory = tempfile.mkdtemp(prefix="scenario-")
    try:
        run(options, Scenario(options.source or options.program), directory)
    except Failure as failure:
        print(f"FAIL {os.path.basename(options.program)}: {failure}")
        return 1
    finally:
        if options.keep:
            print(f"kept {directory}")
        else:
            shutil.rmtree(directory, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
