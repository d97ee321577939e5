#!/usr/bin/env python3
"""ps on processes that run, are stopped, hang or were killed, and on what cannot be looked at."""
import json
import os
import re
import signal
import subprocess
import time

import cli
from cli import GORDIAN

WAITS = os.environ["WAITS"]
PRELOAD = os.path.join(os.path.dirname(GORDIAN), "..", "preload", "libgordian.so")
SECONDS = 30
CIRCLE = "deadlock-cycle: one waits for second_lock, which two holds, and two waits for first_lock, " \
    "which one holds"


class Ps(cli.Case):
    def start(self, what, directory="traces"):
        path = self.path(directory)
        os.makedirs(path, exist_ok=True)
        env = self.environment(LD_PRELOAD=os.path.realpath(PRELOAD), GORDIAN_OPTIONS="out=" + path)
        process = subprocess.Popen([WAITS, what], stdin=subprocess.PIPE, env=env, cwd=self.dir)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        process.kill()
        process.wait()
        process.stdin.close()

    def ps(self, *operands):
        result = self.gordian("ps", *operands)
        self.assertEqual((result.code, result.err), (0, ""))
        return result.out

    def await_ps(self, operand, *texts, until=lambda text: True):
        """What ps says as soon as it has all of these: the process needs a moment to get there."""
        end = time.monotonic() + SECONDS
        while True:
            result = self.gordian("ps", operand)
            if result.code == 0 and all(text in result.out for text in texts) and \
                    until(result.out):
                return result.out
            self.assertLess(time.monotonic(), end, result.out + result.err)
            time.sleep(0.02)

    def await_deadlock(self, operand):
        return self.await_ps(operand, CIRCLE, "(stuck behind them: main)")

    def assert_picture(self, text):
        self.assertRegex(text, r"(?s)one \(thread \d+\)\n    holds first_lock\n      in one at [^\n]*"
                               r"waits\.c:\d+\n.*    waits for second_lock, in pthread_mutex_lock.*, "
                               r"held by two\n")
        self.assertRegex(text, r"(?s)two \(thread \d+\)\n    holds second_lock\n")
        self.assertRegex(text, r"main \(thread \d+\)\n    waits for thread one, in pthread_join")

    def test_hung_process(self):
        process = self.start("deadlock")
        text = self.await_deadlock(process.pid)
        self.assertIn(f"waits (process {process.pid}), running, 3 threads", text)
        self.assert_picture(text)
        self.assertRegex(text, r"waits for second_lock, in pthread_mutex_lock, for [0-9.]+ [mµ]?s")

    def test_stopped_process(self):
        process = self.start("deadlock")
        self.await_deadlock(process.pid)
        process.send_signal(signal.SIGSTOP)
        # Its threads stop one after the other, and run for a moment on the way: what one waits for
        # that has run between the two looks of a picture is not told.
        text = self.await_ps(process.pid, f"waits (process {process.pid}), stopped", CIRCLE,
                             until=lambda text: not re.search(r"\) (runs|is stopped)\n", text))
        self.assert_picture(text)

    def test_killed_process(self):
        process = self.start("deadlock")
        self.await_deadlock(process.pid)
        process.kill()
        process.wait()
        (trace,) = self.traces(self.path("traces"))
        for operand in (trace, self.path("traces")):
            text = self.ps(operand)
            self.assertIn(f"waits (process {process.pid}), no longer running, 3 threads", text)
            self.assertIn(CIRCLE, text)
            self.assert_picture(text)
        result = self.gordian("ps", process.pid)
        self.assertEqual(result.code, 3)
        self.assert_one_line(result.err, f"no process {process.pid}")

    def test_nobody_signals(self):
        process = self.start("lost")
        text = self.await_ps(process.pid, "hang: wait_ready waits on ready, which nobody is left to "
                                          "signal")
        self.assertIn("waits for ready, in pthread_cond_wait, for ", text)

    def test_healthy_process(self):
        process = self.start("healthy")
        # Main may be on its way to where it sleeps.
        text = self.await_ps(process.pid, "with a time limit, held by hold",
                             until=lambda text: "runs\n" not in text)
        self.assertIn("No thread is seen to wait for what will never come.", text)
        self.assertRegex(text, r"hold \(thread \d+\) \w[^\n]*\n    holds first_lock\n")
        self.assertRegex(text, r"main \(thread \d+\) (sleeps|waits for no lock)")

    def test_forked_process(self):
        """What the child of a fork made anew is not held there any more; what it kept is."""
        self.start("forked")
        # One process is looked at after the other: the first look at the parent may come before
        # it gives its locks back, and that at the child after.
        self.await_ps(self.path("traces"), until=lambda text: re.findall(
            "holds ([a-z_]+)", text) == ["second_lock", "third_lock"])

    def test_busy_process(self):
        """One of the two always waits, and the other will wake it."""
        process = self.start("busy")
        self.await_ps(process.pid, "3 threads")
        for _ in range(20):
            self.assertIn("No thread is seen to wait for what will never come.",
                          self.ps(process.pid))

    def test_json(self):
        process = self.start("deadlock")
        self.await_deadlock(process.pid)
        report = json.loads(self.ps("--format", "json", process.pid))
        (finding,) = report["findings"]
        self.assertEqual((finding["rule"], finding["verdict"]), ("deadlock-cycle", "observed"))
        for step in finding["steps"]:
            self.assertGreater(step["waited_ns"], 0)
            self.assertEqual(step["process"], process.pid)
        threads = {thread["id"]: thread["name"] for thread in report["threads"]}
        locks = {lock["id"]: lock["name"] for lock in report["locks"]}
        waits = {threads[wait["thread"]]: wait for wait in report["waits"]}
        self.assertEqual(sorted(waits), ["main", "one", "two"])
        self.assertEqual([locks[hold["lock"]] for hold in waits["one"]["holds"]], ["first_lock"])
        self.assertEqual(locks[waits["one"]["wants"]["lock"]], "second_lock")
        self.assertEqual([threads[holder] for holder in waits["one"]["held_by"]], ["two"])
        self.assertEqual(waits["main"]["wants"]["op"], "pthread_join")

    def test_several_processes(self):
        first, second = self.start("deadlock"), self.start("healthy")
        self.await_deadlock(first.pid)
        text = self.await_ps(self.path("traces"), "with a time limit, held by hold")
        for process in (first, second):
            self.assertIn(f"waits (process {process.pid}), running", text)
        self.assertEqual(len(re.findall("^deadlock-cycle", text, re.M)), 1)

    def test_process_that_ended(self):
        directory = self.record("lock")
        self.assertIn("ended with status 0", self.ps(directory))

    def test_output_file(self):
        process = self.start("deadlock")
        self.await_deadlock(process.pid)
        self.assertEqual(self.ps("-o", "picture", process.pid), "")
        self.assertIn(CIRCLE, self.read("picture"))

    def test_no_such_process(self):
        result = self.gordian("ps", 2 ** 30)
        self.assertEqual((result.code, result.out), (3, ""))
        self.assert_one_line(result.err, f"no process {2 ** 30}")

    def test_process_that_is_not_recorded(self):
        result = self.gordian("ps", os.getpid())
        self.assertEqual((result.code, result.out), (3, ""))
        self.assert_one_line(result.err, str(os.getpid()), "not being recorded")

    def test_foreign_process(self):
        """Of somebody else, or else not recorded."""
        drop = (lambda: os.setuid(65534)) if os.getuid() == 0 else None
        os.chmod(self.dir, 0o777)
        self.open_to_all()
        result = self.gordian("ps", 1, preexec_fn=drop)
        self.assertEqual((result.code, result.out), (3, ""))
        self.assert_one_line(result.err, "process 1")

    def test_no_such_trace(self):
        result = self.gordian("ps", "missing")
        self.assertEqual(result.code, 3)
        self.assert_one_line(result.err, "missing", "No such file")
        result = self.gordian("ps", self.write("junk", "junk"))
        self.assertEqual(result.code, 3)
        self.assert_one_line(result.err, "junk")

    def test_directory_of_somebody_else(self):
        if os.getuid():
            self.skipTest("needs root, to be somebody else")
        self.gordian("record", "-o", "traces", "--", cli.SUBJECT, "lock")
        os.chmod(self.dir, 0o755)
        os.chmod(self.path("traces"), 0o700)
        self.open_to_all()
        result = self.gordian("ps", "traces", preexec_fn=lambda: os.setuid(65534))
        self.assertEqual((result.code, result.out), (3, ""))
        self.assert_one_line(result.err, "traces: cannot be opened: Permission denied")

    def test_traces_that_were_never_begun(self):
        self.gordian("record", "-o", "traces", "--", cli.SUBJECT, "lock")
        (trace,) = self.traces(self.path("traces"))
        plain = self.ps("traces")
        self.write("traces/killed-at-once.1.gordian", "")
        self.assertEqual(self.ps("traces"), plain)
        self.assertEqual(self.ps("traces", trace, "traces"), plain)

    def test_usage(self):
        self.assertEqual(self.gordian("ps").code, 2)


if __name__ == "__main__":
    cli.main()
