#!/usr/bin/env python3
"""Suppression files and baselines."""
import json

import cli
from cli import SUBJECT


class Suppress(cli.Case):
    def fingerprint(self):
        _, report = self.run_json(SUBJECT, "invert")
        return report["findings"][0]["id"]

    def judge(self, text, *words):
        """Runs with this suppression file: the exit code, and the report."""
        self.write("known", text)
        result, report = self.run_json(SUBJECT, *words, options=["--suppress", "known"])
        self.assertEqual(result.err, "")
        return result.code, report

    def assert_suppressed(self, text):
        code, report = self.judge(text, "invert")
        self.assertEqual((code, report["verdict"]), (0, "clean"), text)
        self.assertEqual([f["suppressed"] for f in report["findings"]], [True], text)
        self.assertEqual(report["summary"]["suppressed"], 1, text)
        self.assertEqual(report["summary"]["lock-inversion"], 0, text)

    def assert_not_suppressed(self, text):
        code, report = self.judge(text, "invert")
        self.assertEqual((code, report["verdict"]), (66, "findings"), text)
        self.assertEqual(report["summary"]["suppressed"], 0, text)

    def test_fingerprint(self):
        known = self.fingerprint()
        self.assert_suppressed(known + "\n")
        self.assert_suppressed(f"# a comment\n\n  {known}   # why\r\n")
        self.assert_not_suppressed("GD-000000000000\n")
        self.assert_not_suppressed("# " + known)

    def test_line_of_the_report(self):
        """What the text report says to paste is what a suppression file takes."""
        result = self.gordian("run", "--", SUBJECT, "invert")
        known = self.fingerprint()
        lines = [line for line in result.err.splitlines() if known in line]
        self.assertTrue(lines, result.err)

    def test_words(self):
        for text in ("rule=lock-order", "rule=lock-*", "lock=first_lock", "lock=*_lock",
                     "function=take_late_inverted", "function=take*", "module=subject*",
                     "module=*/" + SUBJECT.rsplit("/", 1)[1],
                     "rule=lock-order lock=second_lock function=take module=*",
                     "lock=first_lock lock=second_lock", 'lock="first_lock"'):
            self.assert_suppressed(text)

    def test_words_that_do_not_match(self):
        for text in ("rule=relock", "lock=third_lock", "lock=first", "function=main_*",
                     "module=libc.so.6.old", "rule=lock-order lock=third_lock",
                     "lock=first_lock lock=third_lock", "function=Take"):
            self.assert_not_suppressed(text)

    def test_only_what_matches(self):
        code, report = self.judge("lock=third_lock\n", "invert", "both")
        self.assertEqual(code, 66)
        self.assertEqual(sorted(f["suppressed"] for f in report["findings"]), [False, True])

    def test_several_files(self):
        self.write("one", "lock=second_lock")
        self.write("two", "lock=third_lock")
        result = self.gordian("run", "--suppress", "one", "--suppress", "two", "--", SUBJECT,
                              "invert", "both")
        self.assertEqual(result.code, 0)

    def test_report_and_check(self):
        directory = self.record("invert")
        self.write("known", "rule=lock-order")
        self.assertEqual(self.gordian("check", "--suppress", "known", directory).code, 0)
        report = json.loads(self.gordian("report", "--suppress", "known", "--format", "json",
                                         directory).out)
        self.assertEqual(report["summary"]["suppressed"], 1)

    def test_suppressed_does_not_count_for_all(self):
        self.write("known", "rule=lock-order")
        result = self.gordian("run", "--fail-on", "all", "--suppress", "known", "--", SUBJECT,
                              "invert")
        self.assertEqual(result.code, 0)

    def test_wrong(self):
        for text, line, part in (
                ("wibble\n", 1, "'wibble'"), ("# ok\n\nGD-12\n", 3, "'GD-12'"),
                ("lock=a colour=b\n", 1, "'colour=b'"), ("rule=\n", 1, "no pattern"),
                ("rule=lock-oder\n", 1, "no rule 'lock-oder'"), ('lock="a b\n', 1, "quote"),
                ("GD-0123456789ab rule=relock\n", 1, "'rule=relock'"),
                ("GD-0123456789AB\n", 1, "'GD-0123456789AB'")):
            self.write("known", text)
            result = self.gordian("run", "--suppress", "known", "--", SUBJECT, "print", "ran")
            self.assertEqual((result.code, result.out), (2, ""), text)
            self.assert_one_line(result.err, f"known:{line}: ", part)

    def test_missing(self):
        result = self.gordian("check", "--suppress", "nowhere", self.dir)
        self.assertEqual(result.code, 2)
        self.assert_one_line(result.err, "nowhere: No such file")


class Baseline(cli.Case):
    def setUp(self):
        super().setUp()
        self.gordian("run", "-o", "base.json", "--", SUBJECT, "invert")

    def test_known(self):
        result, report = self.run_json(SUBJECT, "invert", options=["--baseline", "base.json"])
        self.assertEqual((result.code, report["verdict"]), (0, "clean"))
        self.assertEqual([f["baseline"] for f in report["findings"]], [True])
        self.assertEqual(report["summary"]["baseline"], 1)

    def test_new(self):
        result, report = self.run_json(SUBJECT, "invert", "both",
                                       options=["--baseline", "base.json"])
        self.assertEqual((result.code, report["verdict"]), (66, "findings"))
        self.assertEqual(report["summary"]["baseline"], 1)
        self.assertEqual(report["summary"]["lock-inversion"], 1)

    def test_may_be_the_output(self):
        result = self.gordian("run", "--baseline", "base.json", "-o", "base.json", "--", SUBJECT,
                              "invert", "both")
        self.assertEqual(result.code, 66)
        self.assertEqual(len(json.loads(self.read("base.json"))["findings"]), 2)

    def test_wrong(self):
        for text, part in (("not json", "not a JSON report"), ("{}", "not a report of gordian"),
                           ("[]", "not a report of gordian"),
                           ('{"findings": [{"id": 3}]}', "no fingerprint")):
            self.write("bad.json", text)
            result = self.gordian("run", "--baseline", "bad.json", "--", SUBJECT, "print", "ran")
            self.assertEqual((result.code, result.out), (2, ""), text)
            self.assert_one_line(result.err, "bad.json:1: ", part)
        for name, part in (("nowhere.json", "No such file"), (self.dir, "Is a directory")):
            result = self.gordian("run", "--baseline", name, "--", SUBJECT)
            self.assertEqual(result.code, 2)
            self.assert_one_line(result.err, f"{name}: {part}")


if __name__ == "__main__":
    cli.main()
