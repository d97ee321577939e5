#!/usr/bin/env python3
"""report, check and dump on recorded traces, and on files that are none."""
import glob
import gzip
import json
import os
import re

import cli
from cli import SUBJECT

OLDEST_THAT_IS_READ = 3


class Report(cli.Case):
    def test_text_on_standard_output(self):
        directory = self.record("invert")
        result = self.gordian("report", directory)
        self.assertEqual((result.code, result.err), (0, ""))
        self.assertIn("first_lock", result.out)
        self.assertIn("subject.c", result.out)
        self.assertRegex(result.out, r"GD-[0-9a-f]{12}")

    def test_program_by_the_name_it_was_called(self):
        """A file may have several names; which of them was meant is what the user knows."""
        os.symlink(SUBJECT, self.path("other"))
        result = self.gordian("run", "--", self.path("other"), "invert")
        self.assertIn("Gordian's report on other invert (process ", result.err)
        self.gordian("record", "-o", "named", "--", self.path("other"), "invert")
        self.assertIn("other (process ", self.gordian("ps", "named").out)

    def test_json(self):
        directory = self.record("invert")
        result = self.gordian("report", "--format", "json", directory)
        report = json.loads(result.out)
        self.assertEqual((result.code, report["verdict"]), (0, "findings"))
        self.assertFalse(report["gate"]["passed"])

    def test_fail_on(self):
        directory = self.record("invert")
        result = self.gordian("report", "--format=json", "--fail-on", "none", directory)
        self.assertTrue(json.loads(result.out)["gate"]["passed"])

    def test_output_file_and_options_behind_the_trace(self):
        directory = self.record("lock")
        result = self.gordian("report", directory, "-o", "r.json")
        self.assertEqual((result.code, result.out, result.err), (0, "", ""))
        self.assertEqual(json.loads(self.read("r.json"))["verdict"], "clean")

    def test_files_and_directories_are_one(self):
        first = self.record("lock", directory="a")
        second = self.record("invert", directory="b")
        (trace,) = self.traces(first)
        report = json.loads(self.gordian("report", "--format=json", trace, second).out)
        self.assertEqual(len(report["processes"]), 2)
        self.assertEqual(len(report["findings"]), 1)

    def test_a_trace_that_is_named_twice_is_read_once(self):
        directory = self.record("invert")
        (trace,) = self.traces(directory)
        os.symlink(trace, self.path("link"))
        once = self.gordian("report", "--format=json", trace).out
        self.assertEqual(self.gordian("report", "--format=json", directory, trace).out, once)
        self.assertEqual(self.gordian("report", "--format=json", self.path("link"), directory).out, once)
        self.assertEqual(self.gordian("check", trace, trace).out, self.gordian("check", trace).out)

    def test_why_a_report_on_no_lock_is_not_clean(self):
        report = json.loads(self.gordian("report", "--format=json", self.record("print", "one")).out)
        self.assertEqual(report["verdict"], "incomplete")
        self.assertEqual(report["coverage"]["lost"], ["no lock was ever taken, as far as was recorded"])

    def test_quiet(self):
        clean, inverted = self.record("lock", directory="a"), self.record("invert", directory="b")
        for spelling in ("-q", "--quiet"):
            result = self.gordian("report", spelling, clean)
            self.assertEqual((result.code, result.out, result.err), (0, "", ""))
            self.assertIn("first_lock", self.gordian("report", inverted, spelling).out)
        result = self.gordian("report", "-q", clean, "-o", "q.json")
        self.assertEqual((result.code, json.loads(self.read("q.json"))["verdict"]), (0, "clean"))

    def test_same_as_run(self):
        kept, report = self.run_json(SUBJECT, "invert", options=["--keep", "kept"])
        self.assertEqual(kept.code, 66)
        again = json.loads(self.gordian("report", "--format=json", "kept").out)
        self.assertEqual([f["id"] for f in again["findings"]], [f["id"] for f in report["findings"]])

    def test_full_device(self):
        directory = self.record("lock")
        result = self.command("sh", "-c", '"$@" >/dev/full', "sh", cli.GORDIAN, "report", directory)
        self.assertEqual(result.code, 3)
        self.assert_one_line(result.err, "No space left")


class Check(cli.Case):
    def test_passes(self):
        directory = self.record("lock")
        result = self.gordian("check", directory)
        self.assertEqual((result.code, result.err), (0, ""))
        self.assertEqual(result.out, "gate: passed, clean\n")
        self.assertEqual(self.gordian("check", "-q", directory).out, "")

    def test_fails(self):
        directory = self.record("invert", "both")
        result = self.gordian("check", directory)
        self.assertEqual((result.code, result.err), (1, ""))
        lines = result.out.splitlines()
        for line in lines[:-1]:
            self.assertRegex(line, r"^GD-[0-9a-f]{12} lock-order feasible: .*_lock")
        self.assertEqual(lines[-1], "gate: failed, 2 findings")

    def test_fail_on(self):
        directory = self.record("invert")
        for words, code in (("none", 0), ("all", 1), ("relock", 0), ("feasible", 1), ("potential", 0),
                            ("incomplete", 0), ("incomplete,lock-order", 1)):
            self.assertEqual(self.gordian("check", "--fail-on", words, directory).code, code, words)


class Dump(cli.Case):
    def test_directory(self):
        directory = self.record("lock")
        (trace,) = self.traces(directory)
        self.assertEqual(self.gordian("dump", directory).out, self.gordian("dump", trace).out)
        result = self.gordian("dump", self.path("."))
        self.assertEqual((result.code, result.out), (3, ""))
        self.assert_one_line(result.err, "expected traces")

    def test_records(self):
        directory = self.record("lock")
        (trace,) = self.traces(directory)
        result = self.gordian("dump", trace)
        self.assertEqual((result.code, result.err), (0, ""))
        for record in ("header", "process", "module", "thread", "lock", "node", "stack"):
            self.assertRegex(result.out, rf"(?m)^\d+ {record} ")


class Unreadable(cli.Case):
    def assert_unreadable(self, path, *parts):
        for command in ("report", "check", "dump"):
            result = self.gordian(command, path)
            self.assertEqual((result.code, result.out), (3, ""), command)
            self.assert_one_line(result.err, os.path.basename(path), *parts)

    def test_missing(self):
        self.assert_unreadable(self.path("nowhere"), "No such file")

    def test_foreign(self):
        self.assert_unreadable(self.write("x.gordian", "hello, world\n" * 1000), "offset 0")
        self.assert_unreadable(self.write("e.gordian", ""), "e.gordian")

    def test_cut(self):
        (trace,) = self.traces(self.record("lock"))
        with open(trace, "rb") as file:
            data = file.read()
        for length in (1, 7, 8, 100, 4095, 4096, 4097, 5000, len(data) - 1):
            self.assert_unreadable(self.write("cut.gordian", data[:length]), "offset")

    def test_newer(self):
        (trace,) = self.traces(self.record("lock"))
        with open(trace, "rb") as file:
            data = bytearray(file.read())
        data[8] += 1
        self.assert_unreadable(self.write("new.gordian", bytes(data)), "version")

    def test_older(self):
        """Traces as earlier versions wrote them (docs/trace-format.md)."""
        kept = glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "*.gz"))
        self.assertTrue(kept)
        for path in kept:
            version = re.search(r"version-(\d+)", path)[1]
            with gzip.open(path) as file:
                old = self.write("old.gordian", file.read())
            if int(version) < OLDEST_THAT_IS_READ:
                self.assert_unreadable(old, "offset 8", f"found {version}")
            else:
                self.assertIn("[1] lock inversion", self.gordian("report", old).out)

    def test_directory_without_traces(self):
        os.mkdir(self.path("empty"))
        for command in ("report", "check"):
            result = self.gordian(command, "empty")
            self.assertEqual((result.code, result.out), (3, ""))
            self.assert_one_line(result.err, "empty")

    def test_one_bad_among_good(self):
        directory = self.record("lock")
        self.write("traces/x.gordian", "nonsense")
        result = self.gordian("report", directory)
        self.assertEqual((result.code, result.out), (3, ""))
        self.assert_one_line(result.err, "x.gordian")

    def test_those_that_were_never_begun(self):
        """Their processes were killed before they had written anything."""
        directory = self.record("lock")
        plain = self.gordian("report", directory)
        self.write("traces/killed-at-once.1.gordian", "")
        self.write("traces/killed.2.gordian", b"\0" * (1 << 20))
        result = self.gordian("report", directory)
        self.assertEqual((result.code, result.out), (0, plain.out), result.err)
        self.write("traces/failed.3.gordian", b"\0")
        result = self.gordian("report", directory)
        self.assertEqual(result.code, 3)
        self.assert_one_line(result.err, "failed.3.gordian: offset 0: expected a trace, found the mark that "
                             "none could be written")

    def test_a_wrong_option_comes_first(self):
        self.assertEqual(self.gordian("report", "--wibble", "nowhere").code, 2)


class Width(cli.Case):
    def test_text_keeps_to_it(self):
        directory = self.record("invert", "both")
        for columns in (80, 120, 200):
            result = self.gordian("report", directory, env={"COLUMNS": str(columns)})
            for line in result.out.splitlines():
                self.assertLessEqual(len(re.sub("\x1b\\[[0-9;]*m", "", line)), columns, line)


if __name__ == "__main__":
    cli.main()
