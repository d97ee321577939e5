#!/usr/bin/env python3
"""What belongs to the program: streams, descriptors, signals, environment, terminal."""
import os
import pty
import re
import select
import signal
import subprocess
import time

import cli
from cli import GORDIAN, SUBJECT


class Streams(cli.Case):
    def test_output_is_identical(self):
        words = [SUBJECT, "lock", "print", "one", "invert", "print", "two", "signals"]
        native = self.command(*words)
        recorded = self.gordian("run", "--", *words)
        self.assertEqual(recorded.out, native.out)

    def test_bytes_pass_through(self):
        data = os.urandom(100000)
        done = subprocess.run([GORDIAN, "run", "--", SUBJECT, "lock", "echo"], input=data,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
                              timeout=cli.SECONDS, cwd=self.dir, env=self.environment())
        self.assertEqual(done.stdout, data)

    def test_standard_error_is_the_program_s_until_it_ends(self):
        result = self.gordian("run", "--", SUBJECT, "complain", "mine", "invert")
        self.assertTrue(result.err.startswith("mine\n"), result.err)

    def test_record_writes_nothing_to_standard_output(self):
        result = self.gordian("record", "-o", "t", "--", SUBJECT, "lock", "print", "one")
        self.assertEqual(result.out, "one\n")

    def test_plain_preload_says_nothing_but_what_is_ignored(self):
        options = "out=.:timeline=0:races=0:hold=exact:stack_depth=8:hang_timeout=5:max_trace=9"
        native = self.command(SUBJECT, "lock", "print", "one")
        for more, said in (("", ""),
                           (":wibble=1", "gordian: GORDIAN_OPTIONS: unknown option, ignored: wibble\n"),
                           (":races=1", "gordian: GORDIAN_OPTIONS: has no effect yet: races\n"),
                           (":timeline=4:perturb=3",
                            "gordian: GORDIAN_OPTIONS: has no effect yet: timeline\n"
                            "gordian: GORDIAN_OPTIONS: has no effect yet: perturb\n"),
                           (":quiet=1:wibble=1:races=1", ""),
                           (":wibble=1:hold=never:quiet=1", ""),
                           (":wibble=1:quiet=2", "gordian: GORDIAN_OPTIONS: unknown option, ignored: wibble\n"
                            "gordian: GORDIAN_OPTIONS: bad value, ignored; expected quiet=0|1\n")):
            result = self.command(SUBJECT, "lock", "print", "one",
                                  env={"LD_PRELOAD": os.environ["LIBRARY"],
                                       "GORDIAN_OPTIONS": options + more})
            self.assertEqual((result.code, result.out), (native.code, native.out))
            self.assertEqual(result.err, said)
        names = [os.path.basename(path) for path in self.traces(self.dir)]
        self.assertEqual(len(names), 7)
        for name in names:
            self.assertRegex(name, rf"^{re.escape(os.path.basename(SUBJECT))}\.[0-9]+\.gordian$")

    def test_descriptors(self):
        script = "ls -l /proc/self/fd | sed 's/.* \\([0-9]* -> [^ ]*\\)$/\\1/; s/\\[.*//; s/[0-9]*\\/fd//'"
        with open(self.write("kept", ""), encoding="ascii") as kept:
            native = self.command("sh", "-c", script, pass_fds=[kept.fileno()])
            recorded = self.gordian("run", "-o", "report", "--", "sh", "-c", script,
                                    pass_fds=[kept.fileno()])
        self.assertIn("/kept", native.out)
        self.assertEqual(recorded.out, native.out)

    def test_closed_standard_streams(self):
        script = 'exec 0<&- 2>&-; "$@"'
        look = ["sh", "-c", "test -e /proc/$$/fd/0 || echo no 0; test -e /proc/$$/fd/2 || echo no 2"]
        result = self.command("sh", "-c", script, "sh", GORDIAN, "run", "-o", "report", "--", *look)
        self.assertEqual(result.out, "no 0\nno 2\n")

    def test_limits_and_directory(self):
        script = "ulimit -a; pwd; umask"
        native = self.command("sh", "-c", script)
        self.assertEqual(self.gordian("run", "--", "sh", "-c", script).out, native.out)


class Environment(cli.Case):
    def variables(self, **env):
        result = self.gordian("run", "--", SUBJECT, "variables", env=env)
        return dict(line.split("=", 1) for line in result.out.splitlines())

    def test_only_three_differ(self):
        native = dict(line.split("=", 1)
                      for line in self.command(SUBJECT, "variables").out.splitlines())
        recorded = self.variables()
        self.assertEqual(set(recorded) - set(native),
                         {"LD_PRELOAD", "GORDIAN_OPTIONS", "ASAN_OPTIONS"})
        for name, value in native.items():
            self.assertEqual(recorded[name], value)

    def test_preload_is_prepended(self):
        other = self.path("other.so")
        self.command("cc", "-shared", "-x", "c", "/dev/null", "-o", other)
        value = self.variables(LD_PRELOAD=other)["LD_PRELOAD"]
        self.assertRegex(value, r"^/.*/libgordian\.so:" + re.escape(other) + "$")

    def test_options_are_handed_on(self):
        value = self.variables(GORDIAN_OPTIONS="stack_depth=7:hold=off")["GORDIAN_OPTIONS"]
        self.assertTrue(value.startswith("stack_depth=7:hold=off:out=/"), value)

    def test_own_options_replace(self):
        result = self.gordian("run", "--stack-depth", 9, "--", SUBJECT, "variables",
                              env={"GORDIAN_OPTIONS": "stack_depth=7:hold=off"})
        line = [line for line in result.out.splitlines() if line.startswith("GORDIAN_OPTIONS")][0]
        self.assertIn("=hold=off:stack_depth=9:out=", line)


class Signals(cli.Case):
    def test_dispositions_and_mask(self):
        def prepare():
            signal.signal(signal.SIGUSR2, signal.SIG_IGN)
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1, signal.SIGTERM])

        native = self.command(SUBJECT, "signals", preexec_fn=prepare)
        recorded = self.gordian("run", "--", SUBJECT, "lock", "signals", "exit", 3,
                                preexec_fn=prepare)
        self.assertEqual(recorded.code, 3, recorded.err)
        self.assertEqual(recorded.out, native.out)
        self.assertNotRegex(native.out, "SigIgn:\t0*$")

    def start(self, *words):
        process = subprocess.Popen([GORDIAN, "run", "--", SUBJECT, *words], cwd=self.dir,
                                   env=self.environment(), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, start_new_session=True)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.assertEqual(process.stdout.readline(), b"ready\n")
        return process

    def test_passed_on(self):
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGINT, signal.SIGWINCH,
                       signal.SIGPIPE, signal.SIGIO, signal.SIGPWR, signal.SIGRTMIN + 1):
            process = self.start("trap", str(int(number)), "lock", "print", "ready", "await",
                                 "counted", "exit", "9")
            process.send_signal(number)
            self.assertEqual(process.wait(cli.SECONDS), 9)
            self.assertEqual(process.stdout.read(), b"counted 1\n")

    def test_ends_both(self):
        process = self.start("lock", "print", "ready", "sleep", "50")
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(cli.SECONDS), 128 + signal.SIGTERM)

    def test_no_signal_leaves_the_program_behind(self):
        for number in signal.SIGINT, signal.SIGQUIT:    # a shell has those ignored in the background
            self.addCleanup(signal.signal, number, signal.signal(number, signal.SIG_DFL))
        harmless = {signal.SIGCHLD, signal.SIGCONT, signal.SIGURG, signal.SIGWINCH}
        stops = {signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU}
        for number in signal.valid_signals() - harmless - stops - {signal.SIGKILL}:
            process = self.start("lock", "print", "ready", "sleep", "50")
            process.send_signal(number)
            self.assertEqual(process.wait(cli.SECONDS), 128 + number)
            self.assertEqual(process.stdout.read(), b"")    # nobody has it any more

    def test_an_alarm_of_who_was_there_before(self):
        result = self.gordian("run", "--", SUBJECT, "lock", "sleep", 50,
                              preexec_fn=lambda: signal.setitimer(signal.ITIMER_REAL, 0.5))
        self.assertEqual(result.code, 128 + signal.SIGALRM)

    def test_report_after_an_interrupt(self):
        process = self.start("invert", "print", "ready", "sleep", "50")
        os.killpg(process.pid, signal.SIGINT)
        self.assertEqual(process.wait(cli.SECONDS), 66)
        self.assertIn(b"lock-order", process.stderr.read())

    def test_report_after_a_signal_that_comes_twice(self):
        """As timeout(1) sends it: to gordian, and then to its group."""
        for delay in range(10):
            process = self.start("invert", "print", "ready", "sleep", "50")
            process.send_signal(signal.SIGTERM)
            time.sleep(delay * 0.0003)
            os.kill(process.pid, signal.SIGTERM)
            self.assertEqual(process.wait(cli.SECONDS), 66)
            self.assertIn(b"lock-order", process.stderr.read())

    def test_the_program_s_own_signals_to_its_parent_are_no_echo(self):
        result = self.gordian("run", "--", "sh", "-c", "kill -USR1 $PPID; sleep 0.2; exit 5")
        self.assertEqual(result.code, 5)


class Terminal(cli.Case):
    def test_interrupt_reaches_the_program_once(self):
        try:
            pid, master = pty.fork()
        except OSError as error:
            cli.skip(f"there is no terminal to be had: {error}")
        if not pid:
            os.chdir(self.dir)
            os.execve(GORDIAN, [GORDIAN, "run", "--", SUBJECT, "trap", "2", "lock", "print",
                                "ready", "await", "sleep", "0.3", "counted", "exit", "9"],
                      self.environment(TERM="xterm"))
        self.addCleanup(os.close, master)
        self.assertIn(b"ready", self.read_until(master, b"ready"))
        os.write(master, b"\x03")
        output = self.read_until(master, None)
        self.assertIn(b"counted 1", output)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 9)

    @staticmethod
    def read_until(master, text):
        output = b""
        end = time.monotonic() + cli.SECONDS
        while time.monotonic() < end and (text is None or text not in output):
            if not select.select([master], [], [], 1)[0]:
                continue
            try:
                piece = os.read(master, 4096)
            except OSError:
                break
            output += piece
            if not piece:
                break
        return output


if __name__ == "__main__":
    cli.main()
