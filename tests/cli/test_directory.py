#!/usr/bin/env python3
"""Where traces go, and what is said when they cannot go there."""
import os
import resource
import signal
import struct
import subprocess
import time

import cli
from cli import GORDIAN, SUBJECT

ROOT = os.geteuid() == 0
NOBODY = 65534
ALLOCATED_OFFSET = 8 + 4 * 4 + 8  # of trace_header.allocated


class Kept(cli.Case):
    def test_nothing_is_left(self):
        self.gordian("run", "--", SUBJECT, "invert")
        self.gordian("run", "--", SUBJECT, "lock", "kill", 9)
        self.gordian("run", "--", "no-such-program")
        self.gordian("run", "--", cli.STATIC)
        self.assertEqual(os.listdir(self.tmp), [])
        self.assertEqual(os.listdir(self.dir), ["tmp"])

    def test_nothing_is_left_by_who_lives_on(self):
        self.gordian("run", "--", "sh", "-c", f"(sleep 1; {SUBJECT} lock; {SUBJECT} lock; touch done)"
                     " >/dev/null 2>&1 & exit 0")
        self.await_that(lambda: os.path.exists(self.path("done")))
        self.assertEqual(os.listdir(self.tmp), [])

    def test_nothing_is_left_after_an_interrupt(self):
        """While the traces are to be read: gordian waits for the other process for a moment."""
        process = subprocess.Popen([GORDIAN, "run", "--", SUBJECT, "lock", "daemon", "3", "print", "ready"],
                                   env=self.environment(), stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL)
        self.addCleanup(process.stdout.close)
        self.assertEqual(process.stdout.readline(), b"ready\n")
        children = f"/proc/{process.pid}/task/{process.pid}/children"
        def program_has_ended():
            with open(children, encoding="utf-8") as file:
                return not file.read()
        self.await_that(program_has_ended)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(cli.SECONDS), -signal.SIGINT)
        self.assertEqual(os.listdir(self.tmp), [])

    def await_that(self, holds):
        end = time.monotonic() + cli.SECONDS
        while not holds() and time.monotonic() < end:
            time.sleep(0.02)
        self.assertTrue(holds())

    def test_keep(self):
        result = self.gordian("run", "--keep", "here", "--", SUBJECT, "lock")
        self.assertIn(self.path("here"), result.err)
        self.assertEqual(len(self.traces(self.path("here"))), 1)

    def test_keep_is_not_mixed_with_older_traces(self):
        self.assertEqual(self.gordian("run", "--keep", "here", "--", SUBJECT, "invert").code, 66)
        self.assertEqual(self.gordian("run", "--keep", "here", "--", SUBJECT, "lock").code, 0)
        self.assertEqual(len(self.traces(self.path("here"))), 2)

    def test_out(self):
        os.mkdir(self.path("there"))
        result = self.gordian("run", "--", SUBJECT, "lock", env={"GORDIAN_OPTIONS": "out=there"})
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(len(self.traces(self.path("there"))), 1)
        self.assertEqual(os.listdir(self.tmp), [])

    def test_keep_wins_over_out(self):
        self.gordian("run", "--keep", "here", "--", SUBJECT, "lock",
                     env={"GORDIAN_OPTIONS": "out=there"})
        self.assertEqual(len(self.traces(self.path("here"))), 1)
        self.assertFalse(os.path.exists(self.path("there")))

    def test_children_in_another_directory(self):
        result = self.gordian("run", "--keep", "here", "--", "sh", "-c",
                              f"cd / && {SUBJECT} lock; :")
        self.assertEqual(result.code, 0, result.err)
        self.assertGreaterEqual(len(self.traces(self.path("here"))), 2)


class Record(cli.Case):
    def test_given(self):
        result = self.gordian("record", "-o", "t", "--", SUBJECT, "invert", "exit", 5)
        self.assertEqual(result.code, 5)
        self.assert_one_line(result.err, "1 trace in " + self.path("t"))

    def test_numbered(self):
        for number in (1, 2):
            result = self.gordian("record", "--", SUBJECT, "lock")
            directory = self.path(f"{os.path.basename(SUBJECT)}.traces-{number}")
            self.assert_one_line(result.err, directory)
            self.assertEqual(len(self.traces(directory)), 1)

    def test_out(self):
        result = self.gordian("record", "--", SUBJECT, "lock",
                              env={"GORDIAN_OPTIONS": "out=" + self.path("o")})
        self.assertEqual(len(self.traces(self.path("o"))), 1, result.err)

    def test_exit_codes(self):
        for words, code in ((["kill", 9], 137), (["exit", 66], 66), (["exit", 0], 0)):
            self.assertEqual(self.gordian("record", "-o", "t", "--", SUBJECT, *words).code, code)
        self.assertEqual(self.gordian("record", "--timeout", "0.2", "--", SUBJECT, "sleep",
                                      30).code, 124)
        self.assertEqual(self.gordian("record", "--", "no-such-program").code, 127)
        self.assertEqual(self.gordian("record", "--", self.dir).code, 126)
        self.assertEqual(self.gordian("record", "--", cli.STATIC).code, 2)

    def test_a_killed_program_s_trace_is_cut(self):
        directory = self.path("t")
        self.gordian("record", "-o", directory, "--", SUBJECT, "lock", "kill", 9)
        (trace,) = self.traces(directory)
        with open(trace, "rb") as file:
            header = file.read(64)
        (allocated,) = struct.unpack_from("<Q", header, ALLOCATED_OFFSET)
        self.assertEqual(os.path.getsize(trace), allocated)
        dump = self.gordian("dump", trace)
        self.assertIn("end=signal end_value=9", dump.out)

    def test_nothing_said_of_itself_when_quiet(self):
        result = self.gordian("record", "-q", "-o", "t", "--", SUBJECT, "lock")
        self.assertEqual(result.err, "")


class Unusable(cli.Case):
    """The program runs on; the report says what was lost and is never clean."""

    def assert_lost(self, result, *parts):
        self.assertEqual((result.code, result.out), (5, "ran\n"), result.err)
        for part in (*parts, "incomplete"):
            self.assertIn(part, result.err)
        self.assertNotIn("the traces are in", result.err)

    def assert_lost_everywhere(self, directory, *parts):
        program = ["--", SUBJECT, "invert", "print", "ran", "exit", 5]
        self.assert_lost(self.gordian("run", "--keep", directory, *program), *parts)
        self.assert_lost(self.gordian("run", *program,
                                      env={"GORDIAN_OPTIONS": "out=" + directory}), *parts)
        self.assert_lost(self.gordian("run", *program, env={"TMPDIR": directory}), *parts)
        result = self.gordian("record", "-o", directory, *program)
        self.assertEqual((result.code, result.out), (5, "ran\n"))
        self.assertIn("was not recorded", result.err)

    def test_missing(self):
        self.assert_lost_everywhere(self.path("no", "such"), "No such file or directory")

    def test_not_a_directory(self):
        self.assert_lost_everywhere(self.write("file", ""), "Not a directory")

    def test_not_writable(self):
        self.assert_lost_everywhere("/proc/self", "/proc")

    def test_not_permitted(self):
        os.mkdir(self.path("closed"), 0o555)
        if not ROOT:
            self.assert_lost_everywhere(self.path("closed"), "Permission denied")
            return
        os.chmod(self.dir, 0o777)
        subject = self.open_to_all()
        result = self.gordian("run", "--keep", "closed", "--", subject, "print", "ran", "exit", 5,
                              user=NOBODY, extra_groups=[], env={"TMPDIR": "/tmp"})
        self.assert_lost(result, "Permission denied")

    def test_incomplete_is_in_the_json(self):
        result, report = self.run_json(SUBJECT, "lock", env={"TMPDIR": "/proc/self"})
        self.assertEqual((result.code, report["verdict"]), (0, "incomplete"))
        self.assertEqual(report["findings"], [])

    def test_gate_on_incomplete(self):
        for words, code in (("incomplete", 66), ("all", 5), ("none", 5)):
            result = self.gordian("run", "--fail-on", words, "--", SUBJECT, "print", "ran", "exit",
                                  5, env={"TMPDIR": "/proc/self"})
            self.assertEqual(result.code, code)

    def test_full_file_system(self):
        place = self.path("small")
        os.mkdir(place)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k,mode=1777", "none", place],
                          stderr=subprocess.DEVNULL, check=False).returncode:
            cli.skip("mounting a small tmpfs needs root")
        self.addCleanup(subprocess.run, ["umount", "-l", place], check=True)
        filler = os.open(os.path.join(place, "filler"), os.O_WRONLY | os.O_CREAT)
        self.addCleanup(os.close, filler)
        try:
            while True:
                os.write(filler, b"x" * 4096)
        except OSError:
            pass
        self.assert_lost_everywhere(place, "No space left on device")

    def test_nearly_full_file_system(self):
        place = self.path("small")
        os.mkdir(place)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k,mode=1777", "none", place],
                          stderr=subprocess.DEVNULL, check=False).returncode:
            cli.skip("mounting a small tmpfs needs root")
        self.addCleanup(subprocess.run, ["umount", "-l", place], check=True)
        result = self.gordian("run", "--", SUBJECT, "lock", "print", "ran", "exit", 5,
                              env={"TMPDIR": place})
        self.assert_lost(result)
        self.assertIn(" was not recorded: no trace can be written", result.err)
        self.assertNotIn("cannot be read", result.err)

    def test_limit_of_files(self):
        for size in (0, 1000, 8192, 32768):
            def limit():
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            program = ["--", SUBJECT, "lock", "print", "ran", "exit", 5]
            self.assert_lost(self.gordian("run", *program, preexec_fn=limit), "was not recorded")
            result = self.gordian("record", "-o", "t", *program, preexec_fn=limit)
            self.assertEqual((result.code, result.out), (5, "ran\n"))
            self.assertIn("was not recorded", result.err)
            result = self.gordian("run", "-o", "r.json", *program, preexec_fn=limit)
            self.assertEqual((result.code, result.out), (5 if size > 1000 else 3, "ran\n"))


class NotRecorded(cli.Case):
    def test_exec_of_a_static_program(self):
        result = self.gordian("run", "--", "sh", "-c", f"exec {cli.STATIC} print ran exit 5")
        self.assertEqual((result.code, result.out), (5, "ran\n"))
        self.assertIn(cli.STATIC, result.err)
        self.assertIn("statically linked", result.err)
        self.assertIn("incomplete", result.err)

    def test_exec_of_a_static_program_reported_later(self):
        self.gordian("record", "-o", "t", "--", "sh", "-c", f"exec {cli.STATIC}")
        self.assertIn(cli.STATIC, self.gordian("report", "t").out)
        self.assertIn("incomplete", self.gordian("check", "t").out)
        self.assertEqual(self.gordian("check", "--fail-on", "incomplete", "t").code, 1)

    def test_unreadable_trace(self):
        result = self.gordian("run", "--keep", "t", "--", "sh", "-c",
                              f"{SUBJECT} lock; echo nonsense >t/other.1.gordian; exit 5")
        self.assertEqual(result.code, 5)
        self.assertIn("other.1.gordian", result.err)
        self.assertIn("incomplete", result.err)

    def test_still_running(self):
        begin = time.monotonic()
        result = self.gordian("run", "--", SUBJECT, "lock", "daemon", 4)
        self.assertEqual(result.code, 0)
        self.assertLess(time.monotonic() - begin, 3)
        self.assertIn("still running", result.err)
        self.assertIn("incomplete", result.err)

    def test_ends_a_moment_later(self):
        """A helper that sees the end of the program on a pipe, as Python's resource tracker."""
        script = "mkfifo p; cat p >c & exec 9>p; exit 0"
        for _ in range(5):  # it has only so much time
            result = self.gordian("run", "--", "sh", "-c", script)
            self.assertEqual(result.code, 0, result.err)
            os.unlink(self.path("p"))
            if "still running" not in result.err:
                return
        self.fail(result.err)


class Privileges(cli.Case):
    def test_given_up(self):
        if not ROOT:
            cli.skip("giving up root needs root")
        os.chmod(self.tmp, 0o755)
        subject = self.open_to_all()
        _, report = self.run_json("setpriv", "--reuid", NOBODY, "--clear-groups", subject, "lock")
        self.assertEqual(report["verdict"], "clean")
        self.assertIn(subject, [process["exe"] for process in report["processes"]])


class Own(cli.Case):
    def test_library_path_with_a_space(self):
        prefix = self.path("with space")
        os.makedirs(os.path.join(prefix, "tools"))
        os.makedirs(os.path.join(prefix, "preload"))
        built = os.path.dirname(os.path.dirname(GORDIAN))
        for part in ("tools/gordian", "preload/libgordian.so"):
            subprocess.run(["cp", os.path.join(built, part), os.path.join(prefix, part)],
                           check=True)
        moved = os.path.join(prefix, "tools", "gordian")
        result = self.command(moved, "run", "--", SUBJECT, "print", "ran")
        self.assertEqual((result.code, result.out), (3, ""))
        self.assert_one_line(result.err, "space")
        result = self.command(moved, "doctor")
        self.assertEqual(result.code, 1)
        os.unlink(os.path.join(prefix, "preload", "libgordian.so"))
        result = self.command(moved, "run", "--", SUBJECT, "print", "ran")
        self.assertEqual(result.out, "")
        self.assert_one_line(result.err, "libgordian.so", "missing")

    def test_current_directory_with_a_colon(self):
        os.mkdir(self.path("a:b"))
        process = subprocess.run([GORDIAN, "run", "--keep", "t", "--", SUBJECT, "exit", "5"],
                                 cwd=self.path("a:b"), env=self.environment(), check=False,
                                 stderr=subprocess.PIPE, timeout=cli.SECONDS)
        self.assertEqual(process.returncode, 5)
        self.assertIn(b"colon", process.stderr)

    def test_killed_itself(self):
        process = subprocess.Popen([GORDIAN, "run", "--", SUBJECT, "sleep", "0.5"], cwd=self.dir,
                                   env=self.environment())
        time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
        self.assertEqual(process.wait(cli.SECONDS), -signal.SIGKILL)


if __name__ == "__main__":
    cli.main()
