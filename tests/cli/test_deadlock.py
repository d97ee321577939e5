#!/usr/bin/env python3
"""What gordian run does about deadlocks while the program runs."""
import functools
import json
import os
import re
import signal
import subprocess
import time

import cli
from cli import GORDIAN

PROGRAM, LIBRARY = os.environ["DEADLOCK"], os.environ["LIBRARY"]


class Deadlock(cli.Case):
    def run_timed(self, *words, options=(), **more):
        start = time.monotonic()
        result = self.gordian("run", *options, "--", PROGRAM, *words, **more)
        result.seconds = time.monotonic() - start
        return result

    def report(self, *words, options=()):
        result = self.run_timed(*words, options=("--format", "json", "-o", "r.json", *options))
        result.report = json.loads(self.read("r.json"))
        result.found = [finding for finding in result.report["findings"]
                        if finding["kind"] == "deadlock"]
        return result

    def assert_in_time(self, seconds, result, again):
        """It took no longer, or does not when it is made again: the machine may have been held up."""
        for _ in range(2):
            if result.seconds >= seconds:
                result = again()
        self.assertLess(result.seconds, seconds)

    def assert_ended(self, result, rule="deadlock-cycle", processes=1, threads=2):
        self.assertEqual(result.code, 66, result.err)
        self.assertEqual([(finding["rule"], finding["verdict"], len(finding["steps"]))
                          for finding in result.found], [(rule, "observed", threads)])
        self.assertEqual(len(result.report["processes"]), processes)

    def test_circle(self):
        result = self.report("circle")
        self.assert_ended(result)
        self.assert_in_time(1.5, result, lambda: self.report("circle"))
        self.assertEqual(result.report["processes"][0]["exit"]["signal"], signal.SIGTERM)
        self.assertEqual(result.report["coverage"]["never_contended"], 0)

    def test_circle_beside_work(self):
        result = self.report("work")
        self.assert_ended(result)
        self.assert_in_time(2, result, lambda: self.report("work"))

    def test_with_itself(self):
        self.assert_ended(self.report("again"), rule="self-deadlock", threads=1)

    def assert_gone(self, pid):
        """A process that has ended may still be there for its parent to ask (zombie)."""
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
                self.assertIn(file.read().rpartition(")")[2].split()[0], "ZX")
        except (FileNotFoundError, ProcessLookupError):
            pass

    def test_child_of_vfork(self):
        result = self.report("vfork")
        self.assert_ended(result, rule="self-deadlock", threads=1)
        self.assert_gone(int(result.out))

    def test_child_of_vfork_when_the_time_is_up(self):
        result = self.report("vfork", options=("--on-deadlock=continue", "--timeout", "1"))
        self.assertEqual(len(result.found), 1)
        self.assert_gone(int(result.out))

    def test_it_is_said(self):
        result = self.run_timed("circle")
        self.assertEqual(result.code, 66)
        self.assertIn("was ended by gordian: deadlock.", result.err)

    def test_gate_that_passes(self):
        result = self.run_timed("circle", options=("--fail-on", "none"))
        self.assertEqual(result.code, 128 + signal.SIGTERM)

    def test_handler_that_exits(self):
        result = self.report("handler")
        self.assert_ended(result)
        self.assertEqual(result.report["processes"][0]["exit"]["code"], 9)
        self.assertEqual(result.out, "left\n")

    def test_deaf(self):
        result = self.report("deaf")
        self.assert_ended(result)
        self.assertEqual(result.report["processes"][0]["exit"]["signal"], signal.SIGKILL)

    def test_child(self):
        result = self.report("child")
        self.assert_ended(result, processes=2)
        self.assertEqual({process["exit"]["signal"] for process in result.report["processes"]},
                         {signal.SIGTERM})

    def test_processes(self):
        result = self.report("processes")
        self.assert_ended(result, processes=2)
        self.assertEqual(len({step["process"] for step in result.found[0]["steps"]}), 2)

    def test_hangs(self):
        for name, threads in (("hang", 2), ("hang-handler", 2), ("orphan", 2), ("barrier", 1),
                              ("semaphore", 1)):
            with self.subTest(name):
                again = functools.partial(self.report, name, options=("--hang-timeout", "1"))
                result = again()
                self.assert_ended(result, rule="hang", threads=threads)
                self.assertGreater(result.seconds, 1)
                self.assert_in_time(3, result, again)

    def test_hang_timeout(self):
        result = self.run_timed("hang", options=("--hang-timeout=0", "--timeout", "3"))
        self.assertGreater(result.seconds, 3)

    def test_timeout_of_a_healthy_program(self):
        for name in ("slow", "alarm-condition"):
            result = self.report(name, "9", options=("--timeout", "1"))
            self.assertEqual((result.code, result.found), (124, []), result.err)

    def test_go_on(self):
        for word in ("continue", "report"):
            result = self.report("circle", options=("--on-deadlock", word, "--timeout", "1"))
            self.assertEqual(result.code, 66, result.err)
            self.assertGreater(result.seconds, 1)
            self.assertEqual(len(result.found), 1)
        result = self.run_timed("circle", options=("--on-deadlock=continue", "--timeout", "1",
                                                   "--fail-on", "none"))
        self.assertEqual(result.code, 124)

    def test_options_of_the_environment(self):
        result = self.run_timed("circle", options=("--timeout", "1", "--fail-on", "none"),
                                env={"GORDIAN_OPTIONS": "on_deadlock=continue"})
        self.assertEqual(result.code, 124)

    def test_abort(self):
        result = self.run_timed("circle", options=("--on-deadlock", "abort"))
        self.assertEqual(result.code, 66)
        self.assert_in_time(1.5, result,
                            lambda: self.run_timed("circle", options=("--on-deadlock", "abort")))
        self.assertIn("was ended by signal 6 (Aborted)", result.err)

    def test_abort_without_gordian(self):
        env = {"LD_PRELOAD": LIBRARY, "GORDIAN_OPTIONS": f"out={self.dir}:on_deadlock=abort"}
        result = self.command(PROGRAM, "circle", env=env)
        self.assertEqual(result.code, -signal.SIGABRT)
        self.assert_one_line(result.err, "deadlock", self.dir)
        self.assertEqual(self.gordian("check", self.dir).code, 1)
        report = self.gordian("report", "--format", "json", self.dir)
        self.assertEqual([finding["rule"] for finding in json.loads(report.out)["findings"]],
                         ["deadlock-cycle"])

    def test_note_without_gordian(self):
        env = {"LD_PRELOAD": LIBRARY, "GORDIAN_OPTIONS": f"out={self.dir}"}
        with self.assertRaises(subprocess.TimeoutExpired):
            subprocess.run([PROGRAM, "circle"], env=self.environment(**env), timeout=0.5,
                           check=False)
        traces = self.traces(self.dir)
        self.assertEqual(len(traces), 1)
        dump = self.gordian("dump", traces[0])
        self.assertEqual(len(re.findall(r"^\d+ deadlock ", dump.out, re.M)), 2, dump.out)

    def test_healthy_programs_are_left_alone(self):
        names = ("pool", "alarm", "alarm-condition", "sigwait", "input", "slow", "timed",
                 "semaphore-handler")
        running = [subprocess.Popen([GORDIAN, "run", "--hang-timeout=1", "--quiet",
                                     "--fail-on=deadlock", "--", PROGRAM, name, "3"],
                                    cwd=self.dir, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                    text=True, env=self.environment())
                   for name in names]
        for name, process in zip(names, running):
            out, err = process.communicate(timeout=60)
            self.assertEqual((process.returncode, out), (0, ""), f"{name}: {err}")
            self.assertNotIn("deadlock-cycle", err)


if __name__ == "__main__":
    cli.main()
