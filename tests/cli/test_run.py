#!/usr/bin/env python3
"""gordian run: exit codes, gate, timeout, what is reported where."""
import json
import os
import re
import signal
import subprocess
import time

import cli
from cli import SUBJECT


def loader_of(program):
    headers = subprocess.run(["readelf", "--program-headers", program], check=True,
                             stdout=subprocess.PIPE, text=True).stdout
    return re.search(r"interpreter: (.*)\]", headers)[1]


class ExitCode(cli.Case):
    def test_children_that_did_nothing(self):
        """Each of them had a thread, too."""
        result = self.gordian("run", "--", SUBJECT, "lock", "idle", "5")
        self.assertEqual(result.code, 0)
        self.assertIn("in 6 processes, 8 threads, 2 locks,", result.err)

    def test_the_program_s_own(self):
        for code in (0, 1, 3, 66, 124, 255):
            self.assertEqual(self.gordian("run", "--", SUBJECT, "lock", "exit", code).code, code)

    def test_signal(self):
        for number in (signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM, signal.SIGINT):
            result = self.gordian("run", "--", SUBJECT, "lock", "kill", int(number))
            self.assertEqual(result.code, 128 + number, result.err)

    def test_gate(self):
        result = self.gordian("run", "--", SUBJECT, "invert")
        self.assertEqual(result.code, 66)
        self.assertIn("lock-order", result.err)
        self.assertIn("first_lock", result.err)
        self.assertIn("second_lock", result.err)
        self.assertRegex(result.err, r"GD-[0-9a-f]{12}")

    def test_gate_wins_over_the_program_s_code(self):
        self.assertEqual(self.gordian("run", "--", SUBJECT, "invert", "exit", 7).code, 66)
        self.assertEqual(self.gordian("run", "--", SUBJECT, "invert", "kill", 9).code, 66)

    def test_exit_code(self):
        self.assertEqual(self.gordian("run", "--exit-code", 9, "--", SUBJECT, "invert").code, 9)
        self.assertEqual(self.gordian("run", "--exit-code=0", "--", SUBJECT, "invert",
                                      "exit", 7).code, 0)

    def test_fail_on(self):
        for words, code in (("none", 5), ("misuse", 5), ("all", 66), ("lock-order", 66),
                            ("lock-inversion", 66), ("feasible", 66), ("potential", 5), ("observed", 5),
                            ("observed,lock-order", 66), ("observed, lock-order", 66),
                            ("data-race,discharged", 5)):
            result = self.gordian("run", "--fail-on", words, "--", SUBJECT, "invert", "exit", 5)
            self.assertEqual(result.code, code, words)

    def test_not_found(self):
        for name in ("no-such-program-anywhere", "./nowhere", "/nowhere/prog", ""):
            result = self.gordian("run", "--", name)
            self.assertEqual((result.code, result.out), (127, ""))
            self.assert_one_line(result.err, f"'{name}' was not found")
            self.assertEqual("with a slash" in result.err, "/" not in name)

    def test_not_executable(self):
        self.write("plain", "#!/bin/sh\n")
        for name, part in (("./plain", "not executable"), (self.dir, "is a directory")):
            result = self.gordian("run", "--", name)
            self.assertEqual((result.code, result.out), (126, ""))
            self.assert_one_line(result.err, part)

    def test_interpreter_not_found(self):
        self.write("script", "#!/nowhere/sh\n", 0o755)
        result = self.gordian("run", "--", "./script")
        self.assertEqual(result.code, 126)
        self.assert_one_line(result.err, "'/nowhere/sh' was not found")

    def test_java_is_not_clean(self):
        """Its own locks are not seen, so nobody knows whether they are in order."""
        self.command("cc", "-shared", "-x", "c", "/dev/null", "-o", self.path("libjvm.so"))
        self.write("main.c", "int main(void) { return 3; }\n")
        self.command("cc", self.path("main.c"), "-Wl,--no-as-needed", self.path("libjvm.so"),
                     "-Wl,-rpath," + self.dir, "-o", self.path("java"))
        result = self.gordian("run", "--", "./java")
        self.assertEqual(result.code, 3)
        self.assertIn("runs Java, whose own locks are not seen", result.err)
        self.assertRegex(result.err, r"(?m)^gordian: incomplete")

    def test_go_and_rust_are_not_clean(self):
        """As Java: a program that the Go tool chain, or rustc, has marked."""
        go = '__attribute__((section(".note.go.buildid"))) const int mark;\n'
        rust = '__asm__(".ident \\"rustc version 1.95.0 (x)\\"");\n'
        for source, language in ((go, "Go"), (rust, "Rust"), ("", None)):
            # It executes itself once: said of both images, it is said once.
            self.write("main.c", source + "#include <pthread.h>\n#include <unistd.h>\n"
                       "pthread_mutex_t m;\n"
                       "int main(int count, char **words)\n"
                       "{\n"
                       "    pthread_mutex_lock(&m);\n"
                       "    return count == 1 ? execl(words[0], words[0], \"again\", NULL) : 0;\n"
                       "}\n")
            self.command("cc", self.path("main.c"), "-pthread", "-o", self.path("prog"))
            result, report = self.run_json("./prog")
            self.assertEqual((result.code, report["verdict"]),
                             (0, "incomplete" if language else "clean"))
            lost = str(report["coverage"]["lost"])
            self.assertEqual("program, whose own locks are not seen" in lost, bool(language))
            self.assertIn(f"{language} program" if language else "", lost)
            self.assertEqual(lost.count("whose own locks"), 1 if language else 0)

    def test_interpreters_with_their_own_locks_are_not_clean(self):
        self.write("main.c", "int main(void) { return 0; }\n")
        for name, language in (("ruby3.1", "Ruby"), ("guile-3.0", "Guile"), ("guile", "Guile"),
                               ("rubyripper", None)):
            self.command("cc", self.path("main.c"), "-pthread", "-o", self.path(name))
            result, report = self.run_json("./" + name)
            self.assertEqual(result.code, 0)
            lost = str(report["coverage"]["lost"])
            self.assertEqual(f"is a {language} program, whose own locks are not seen" in lost,
                             bool(language))
            if language:
                self.assertEqual(report["verdict"], "incomplete")
            told = self.gordian("doctor", "./" + name)
            self.assertEqual(f"runs {language} programs" in told.out + told.err, bool(language))

    def test_refused_before_it_runs(self):
        result = self.gordian("run", "--", cli.STATIC, "print", "ran")
        self.assertEqual((result.code, result.out), (2, ""))
        self.assert_one_line(result.err, "statically linked")


class Start(cli.Case):
    def test_path(self):
        os.symlink(SUBJECT, self.path("subject-here"))
        result = self.gordian("run", "subject-here", "lock", "exit", 4,
                              env={"PATH": "/nowhere:" + self.dir})
        self.assertEqual(result.code, 4, result.err)

    def test_script(self):
        self.write("script", f"#!/bin/sh\n{SUBJECT} lock\necho \"$0 $1\"\nexit 6\n", 0o755)
        result = self.gordian("run", "./script", "word")
        self.assertEqual((result.code, result.out), (6, "./script word\n"), result.err)

    def test_script_without_interpreter(self):
        self.write("script", "echo \"$0 $1\"; exit 6\n", 0o755)
        result = self.gordian("run", "./script", "word")
        self.assertEqual((result.code, result.out), (6, "./script word\n"), result.err)

    def test_through_the_loader(self):
        """The program is what the loader was told to load, whoever starts it."""
        loader = loader_of(SUBJECT)
        os.symlink(SUBJECT, self.path("prog"))
        for words in ([loader, SUBJECT], [loader, "./prog"], [SUBJECT, "exec", loader, SUBJECT],
                      ["sh", "-c", f"{loader} {SUBJECT} invert; exit"]):
            result, report = self.run_json(*words, "invert")
            self.assertEqual(result.code, 66, (words, result.err))
            self.assertEqual(report["verdict"], "findings")
            self.assertTrue(all(process["complete"] for process in report["processes"]), words)
            exe = os.path.basename(report["processes"][-1]["exe"])
            self.assertIn(exe, ("prog", os.path.basename(SUBJECT)))
            names = {lock["name"] for lock in report["locks"]}
            self.assertLessEqual({"first_lock", "second_lock"}, names)

    def test_name_as_given(self):
        result = self.gordian("run", "sh", "-c", "tr '\\0' ' ' </proc/$$/cmdline")
        self.assertTrue(result.out.startswith("sh -c "), result.out)

    def test_children_are_judged(self):
        result = self.gordian("run", "--", "sh", "-c", f"{SUBJECT} lock; {SUBJECT} invert; exit 0")
        self.assertEqual(result.code, 66)

    def test_children_can_be_left_out(self):
        for option in ("--children=0",):
            result = self.gordian("run", option, "--", "sh", "-c", f"{SUBJECT} invert; exit 3")
            self.assertEqual(result.code, 3, result.err)

    def test_own_options_win(self):
        result = self.gordian("run", "--children", "--", "sh", "-c", f"{SUBJECT} invert; :",
                              env={"GORDIAN_OPTIONS": "children=0"})
        self.assertEqual(result.code, 66)


class FullTrace(cli.Case):
    def test_the_program_goes_on(self):
        result = self.gordian("run", "--max-trace", 1, "--keep", "t", "--format", "json", "-o", "report",
                              "--", SUBJECT, "pairs", 400, "print", "done", "exit", 3)
        self.assertEqual((result.code, result.out), (3, "done\n"), result.err)
        size = os.path.getsize(self.traces(self.path("t"))[0])
        self.assertTrue(900 << 10 < size <= 1 << 20, size)
        report = json.loads(self.read("report"))
        self.assertEqual(report["verdict"], "incomplete")
        self.assertGreater(report["coverage"]["drops"]["no_space"], 0)
        self.assertEqual(report["processes"][0]["exit"]["code"], 3)


class Timeout(cli.Case):
    def test_ends_it(self):
        begin = time.monotonic()
        result = self.gordian("run", "--timeout", "0.3", "--", SUBJECT, "lock", "sleep", 50)
        self.assertEqual(result.code, 124, result.err)
        self.assertLess(time.monotonic() - begin, 10)

    def test_kills_what_does_not_listen(self):
        begin = time.monotonic()
        result = self.gordian("run", "--timeout", "0.3", "--", SUBJECT, "deaf", 15, "sleep", 50)
        self.assertEqual(result.code, 124)
        self.assertLess(time.monotonic() - begin, 20)

    def test_ends_what_it_started(self):
        """Who reads its output would wait for them."""
        begin = time.monotonic()
        result = self.gordian("run", "--timeout", "1", "--", "sh", "-c",
                              f"{SUBJECT} lock sleep 50 & wait")
        self.assertEqual(result.code, 124, result.err)
        self.assertLess(time.monotonic() - begin, 20)

    def test_in_time(self):
        self.assertEqual(self.gordian("run", "--timeout", "30", "--", SUBJECT, "lock",
                                      "exit", 3).code, 3)

    def test_gate_says_more(self):
        result = self.gordian("run", "--timeout", "0.5", "--", SUBJECT, "invert", "sleep", 50)
        self.assertEqual(result.code, 66)


class Report(cli.Case):
    def test_json_in_a_file(self):
        result, report = self.run_json(SUBJECT, "invert", "print", "out")
        self.assertEqual((result.code, result.out, result.err), (66, "out\n", ""))
        self.assertEqual(report["schema"], "gordian-report/1")
        self.assertEqual(report["verdict"], "findings")
        self.assertEqual(report["gate"], {"passed": False,
                                          "fail_on": ["deadlock", "lock-inversion", "misuse"]})
        self.assertEqual(report["summary"]["lock-inversion"], 1)
        self.assertEqual([finding["rule"] for finding in report["findings"]], ["lock-order"])

    def test_clean(self):
        result, report = self.run_json(SUBJECT, "lock")
        self.assertEqual(result.code, 0)
        self.assertEqual(report["verdict"], "clean")
        self.assertEqual(report["findings"], [])
        self.assertTrue(report["gate"]["passed"])

    def test_fail_on_words(self):
        _, report = self.run_json(SUBJECT, "lock", options=["--fail-on", "relock,potential"])
        self.assertEqual(report["gate"]["fail_on"], ["relock", "potential"])

    def test_json_on_standard_error(self):
        result = self.gordian("run", "--format", "json", "--", SUBJECT, "lock", "print", "out")
        self.assertEqual((result.code, result.out), (0, "out\n"))
        self.assertEqual(json.loads(result.err)["verdict"], "clean")

    def test_several(self):
        result = self.gordian("run", "--format", "json", "-o", "a.json", "--format", "text",
                              "-o", "b.txt", "--format", "text", "--", SUBJECT, "invert")
        self.assertEqual(result.code, 66)
        fingerprint = json.loads(self.read("a.json"))["findings"][0]["id"]
        self.assertIn(fingerprint, self.read("b.txt"))
        self.assertIn(fingerprint, result.err)

    def test_name_chooses_the_format(self):
        result = self.gordian("run", "-o", "a.json", "-o", "b.txt", "--", SUBJECT, "lock")
        self.assertEqual((result.code, result.err), (0, ""))
        self.assertEqual(json.loads(self.read("a.json"))["verdict"], "clean")
        self.assertNotEqual(self.read("b.txt")[:1], "{")

    def test_standard_output_when_asked(self):
        result = self.gordian("run", "--format", "json", "-o", "-", "--", SUBJECT, "lock")
        self.assertEqual(result.err, "")
        self.assertEqual(json.loads(result.out)["verdict"], "clean")

    def test_an_older_file_is_replaced(self):
        self.write("report.json", "x" * 1000000)
        _, report = self.run_json(SUBJECT, "lock")
        self.assertEqual(report["verdict"], "clean")

    def test_a_file_that_cannot_be_written_is_known_before(self):
        result = self.gordian("run", "-o", "nowhere/report", "--", SUBJECT, "print", "ran")
        self.assertEqual((result.code, result.out), (2, ""))
        self.assert_one_line(result.err, "nowhere/report", "No such file")

    def test_a_full_device(self):
        result = self.gordian("run", "-o", "/dev/full", "--", SUBJECT, "print", "ran", "exit", 5)
        self.assertEqual((result.code, result.out), (3, "ran\n"))
        self.assert_one_line(result.err, "/dev/full", "No space left")

    def test_quiet(self):
        result = self.gordian("run", "--quiet", "--", SUBJECT, "lock", "exit", 2)
        self.assertEqual((result.code, result.err), (2, ""))
        result = self.gordian("run", "-q", "--", SUBJECT, "invert")
        self.assertEqual(result.code, 66)
        self.assertIn("lock-order", result.err)

    def test_colour(self):
        for words, env, coloured in (([], {}, False), (["--color=always"], {}, True),
                                     (["--color=always"], {"NO_COLOR": "1"}, True),
                                     (["--color=never"], {}, False)):
            result = self.gordian("run", *words, "--", SUBJECT, "invert", env=env)
            self.assertEqual("\x1b[" in result.err, coloured, words)

    def test_closed_standard_error(self):
        result = self.command("sh", "-c", '"$@" 2>&-', "sh", cli.GORDIAN, "run", "--", SUBJECT,
                              "lock", "exit", 4)
        self.assertEqual(result.code, 4)

    def test_nobody_reads_standard_error(self):
        reader, writer = os.pipe()
        os.close(reader)
        self.addCleanup(os.close, writer)
        done = subprocess.run([cli.GORDIAN, "run", "--", SUBJECT, "invert"], stderr=writer,
                              check=False, timeout=cli.SECONDS, cwd=self.dir,
                              env=self.environment())
        self.assertEqual(done.returncode, 66)

    def test_how_the_program_ended(self):
        for word, number, code, killed in (("kill", 9, None, 9), ("exit", 7, 7, None)):
            _, report = self.run_json(SUBJECT, "lock", word, number)
            end = report["processes"][0]["exit"]
            self.assertEqual((end["code"], end["signal"]), (code, killed))


if __name__ == "__main__":
    cli.main()
