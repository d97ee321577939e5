#!/usr/bin/env python3
"""Runs one scenario and compares what gordian says with what the scenario claims (claims.py)."""
import argparse
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from claims import Scenario, list_scenarios  # noqa: E402
from compare import check_ending, compare  # noqa: E402
from schema import Failure, expect, fail  # noqa: E402
from stuck import await_stuck  # noqa: E402

NATIVE_SECONDS = 20
RECORDED_SECONDS = 60
HANG_SECONDS = 20  # `gordian run` ends what hangs; on an idle machine that takes it 3 s at most
CIRCLE_OPTIONS = "hang_timeout=1000"  # a circle is told as one: without a long silence
GATE_EXIT = 66


def program_command(program, scenario):
    if program.endswith(".py"):
        return [os.path.realpath(sys.executable), program] + scenario.arguments
    return [program] + scenario.arguments


def start(command, directory, what, environment=None):
    no_core = lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        return subprocess.Popen(command, cwd=directory, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=no_core,
                                env=environment, start_new_session=True)
    except OSError as error:
        return fail(f"{what}: cannot run {command[0]}: {error.strerror}")


def kill(process):
    """What it has written until then."""
    os.killpg(process.pid, signal.SIGKILL)
    return process.communicate()


def execute(command, directory, seconds, what, environment=None):
    with start(command, directory, what, environment) as process:
        try:
            out, err = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _, err = kill(process)
            tail = err.decode(errors="replace")[-300:]
            fail(f"{what}: did not end in {seconds} s; standard error ends: {tail!r}")
    return process.returncode, out, err


def execute_hanging(scenario, command, directory, what, environment=None):
    """Kills it when it hangs, and fails if it does not."""
    with start(command, directory, what, environment) as process:
        why_not = await_stuck(process, scenario.stuck, RECORDED_SECONDS)
        out, err = kill(process) if process.returncode is None else process.communicate()
        expect(why_not is None, f"{what}: {why_not}: {err.decode(errors='replace')[-300:]!r}")
    return process.returncode, out, err


def run_native(scenario, command, directory):
    if scenario.hangs:
        return execute_hanging(scenario, command, directory, "natively")
    result = execute(command, directory, NATIVE_SECONDS, "natively")
    expect(result[0] == scenario.returncode,
           f"natively: ended with {result[0]}, expected {scenario.returncode}: {result[2]!r}")
    lines = result[1].decode(errors="replace").splitlines()
    for text in scenario.words["OUTPUT"]:
        expect(text in lines, f"natively: no line {text!r} in its output {lines!r}")
    return result


def run_recorded(options, scenario, command, directory):
    """Under `gordian run`: (exit status, stdout, stderr without gordian's own lines, report)."""
    path = os.path.join(directory, "report.json")
    run = [options.gordian, "run", "--format", "json", "-o", path, "--exit-code", str(GATE_EXIT)]
    seconds = HANG_SECONDS if scenario.hangs else RECORDED_SECONDS
    environment = dict(os.environ, GORDIAN_OPTIONS=CIRCLE_OPTIONS) if scenario.circles else None
    status, out, err = execute(run + ["--"] + command, directory, seconds, "recorded", environment)
    report = load(path, f"gordian run ended with {status}: {err.decode(errors='replace')[-500:]}")
    own = b"".join(line for line in err.splitlines(True) if not line.startswith(b"gordian:"))
    return status, out, own, report


def preload_of(options):
    """By default what belongs to the gordian command."""
    beside = os.path.join(os.path.dirname(options.gordian), "..", "preload", "libgordian.so")
    return options.preload or os.path.realpath(beside)


def run_preloaded(options, scenario, command, directory):
    """With LD_PRELOAD alone, and the report made afterwards."""
    traces = os.path.join(directory, "traces")
    os.mkdir(traces)
    environment = dict(os.environ, LD_PRELOAD=preload_of(options), GORDIAN_OPTIONS="out=" + traces)
    if scenario.hangs:
        status, out, err = execute_hanging(scenario, command, directory, "preloaded", environment)
    else:
        status, out, err = execute(command, directory, RECORDED_SECONDS, "preloaded", environment)
    path = os.path.join(directory, "report.json")
    report = [options.gordian, "report", "--format", "json", "-o", path, traces]
    _, _, complaint = execute(report, directory, RECORDED_SECONDS, "gordian report")
    return status, out, err, load(path, complaint.decode(errors="replace")[-500:])


def check_killed(options, scenario, command, directory, native):
    """What report and ps say of the traces of one more run, which was killed."""
    if not scenario.words["KILLED"]:
        return
    os.mkdir(directory)
    recorded = run_preloaded(options, scenario, command, directory)
    compare(scenario, native, recorded)
    path = os.path.join(directory, "waits.json")
    show = [options.gordian, "ps", "--format", "json", "-o", path, os.path.join(directory, "traces")]
    _, _, complaint = execute(show, directory, RECORDED_SECONDS, "gordian ps")
    waits = load(path, complaint.decode(errors="replace")[-500:])
    found = [sorted(finding["id"] for finding in report["findings"])
             for report in (recorded[3], waits)]
    expect(found[0] == found[1], f"killed: report finds {found[0]}, ps {found[1]}")


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
        recorded = run_preloaded(options, scenario, command, recorded_directory)
        compare(scenario, native, recorded)
        status = native[0]
    else:
        recorded = run_recorded(options, scenario, command, recorded_directory)
        compare(scenario, native, recorded)
        if not scenario.hangs:
            check_ending(recorded[3], native[0])
        check_trace(options, scenario, command, recorded_directory)
        check_killed(options, scenario, command, os.path.join(directory, "killed"), native)
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
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup's programs inherit that it is ignored
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
