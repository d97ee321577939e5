#!/usr/bin/env python3
"""Wrong usage, help, and what commands there are."""
import cli

COMMANDS = ("run", "record", "report", "check", "dump", "ps", "explain", "doctor")


class Help(cli.Case):
    def test_nothing(self):
        result = self.gordian()
        self.assertEqual((result.code, result.out), (2, ""))
        for command in COMMANDS:
            self.assertIn(f"  {command} ", result.err)

    def test_help(self):
        for words in (["--help"], ["-h"], ["help"]):
            result = self.gordian(*words)
            self.assertEqual((result.code, result.err), (0, ""))
            self.assertIn("gordian run -- PROG", result.out)

    def test_help_of_each_command(self):
        for command in COMMANDS:
            for words in ([command, "--help"], ["help", command]):
                result = self.gordian(*words)
                self.assertEqual((result.code, result.err), (0, ""))
                self.assertTrue(result.out.startswith(f"Usage: gordian {command} "), result.out)

    def test_help_lists_the_recorder_s_options(self):
        result = self.gordian("run", "--help")
        for option in ("--hold", "--stack-depth", "--max-trace", "--children", "--timeout"):
            self.assertIn(option, result.out)
        for command in ("run", "record"):
            words = self.gordian(command, "--help").out.split("Names and values:")[1].split()
            names = {word.split("=")[0] for word in words}
            self.assertEqual(names, {"out", "hold", "stack_depth", "max_trace", "blocking", "on_deadlock",
                                     "hang_timeout", "quiet", "children"})
        self.assertNotIn("GORDIAN_OPTIONS", self.gordian("report", "--help").out)

    def test_help_keeps_to_the_width(self):
        for columns in (60, 80, 200):
            for command in COMMANDS:
                result = self.gordian(command, "--help", env={"COLUMNS": str(columns)})
                longest = max(len(line) for line in result.out.splitlines())
                self.assertLessEqual(longest, max(columns, 86), command)

    def test_version(self):
        for words in (["--version"], ["-V"], ["run", "--version"]):
            result = self.gordian(*words)
            self.assertEqual((result.code, result.err), (0, ""))
            self.assertRegex(result.out, r"^gordian \d+\.\d+\.\d+\n$")


class Wrong(cli.Case):
    def assert_usage(self, words, *parts):
        result = self.gordian(*words)
        self.assertEqual((result.code, result.out), (2, ""), result.err)
        self.assert_one_line(result.err, *parts)

    def test_command(self):
        self.assert_usage(["reprot"], "'reprot'", "did you mean 'report'?")
        self.assert_usage(["zzz"], "'zzz'", *COMMANDS)
        for later in ("diff", "confirm", "stress", "merge", "top"):
            for words in ([later], [later, "--help"], [later, "a", "b"]):
                self.assert_usage(words, f"'{later}' is not in this version")
        self.assert_usage(["--verison"], "--verison")

    def test_option(self):
        for command in COMMANDS:
            self.assert_usage([command, "--wibble", "x"], f"{command}: ", "--wibble")
            self.assert_usage([command, "-Z", "x"], f"{command}: ", "'-Z'")
        self.assert_usage(["run", "--formt", "json", "true"], "did you mean '--format'?")
        self.assert_usage(["run", "--timout=3", "true"], "'--timout'", "'--timeout'")
        self.assert_usage(["report", "--fail", "none", "x", "--keep", "y"], "--keep")

    def test_missing_value(self):
        self.assert_usage(["run", "--timeout"], "--timeout", "needs a SECONDS")
        self.assert_usage(["report", "-o"], "--output", "needs a FILE")

    def test_needless_value(self):
        self.assert_usage(["run", "--quiet=1", "true"], "--quiet", "takes no value")

    def test_bad_value(self):
        for option, value, part in (
                ("--timeout", "soon", "number of seconds"), ("--timeout", "0", "more than 0"),
                ("--timeout", "-1", "more than 0"), ("--timeout", "inf", "number of seconds"),
                ("--exit-code", "256", "0 to 255"), ("--exit-code", "x", "0 to 255"),
                ("--format", "jsno", "text, json"), ("--color", "blue", "auto, always or never"),
                ("--hold", "often", "sample|exact|off"), ("--stack-depth", "deep", "number"),
                ("--stack-depth", "", "number"), ("--children", "2", "0 or 1"),
                ("--keep", "a:b", "':'"), ("--fail-on", "", "comma list"),
                ("--fail-on", "lock-oder", "'lock-order'"),
                ("--fail-on", "LOCK-ORDER", "'lock-order'"),
                ("--fail-on", "zzzzz", "comma list"),
                ("--hang-timeout", "0.5", "whole number")):
            self.assert_usage(["run", f"{option}={value}", "true"], option, part)

    def test_missing_operand(self):
        self.assert_usage(["run"], "PROG is missing")
        self.assert_usage(["run", "--"], "PROG is missing")
        self.assert_usage(["record", "-o", "x"], "PROG is missing")
        for command in ("report", "check", "dump"):
            self.assert_usage([command], f"{command}: TRACE is missing")
        self.assert_usage(["ps"], "ps: PID or TRACE is missing")

    def test_options_end_at_the_program(self):
        result = self.gordian("run", "--fail-on", "none", cli.SUBJECT, "print", "--wibble")
        self.assertEqual((result.code, result.out), (0, "--wibble\n"), result.err)

    def test_program_named_like_an_option(self):
        self.assertEqual(self.gordian("run", "--", "--help").code, 127)


class Explain(cli.Case):
    def test_list(self):
        result = self.gordian("explain")
        self.assertEqual((result.code, result.err), (0, ""))
        for rule in ("lock-order", "relock", "deadlock-cycle", "data-race"):
            self.assertIn(f"  {rule} ", result.out)

    def test_rule(self):
        result = self.gordian("explain", "lock-order")
        self.assertEqual((result.code, result.err), (0, ""))
        self.assertTrue(result.out.startswith("lock-order (lock-inversion, error)"), result.out)
        self.assertGreater(result.out.count("\n"), 10)

    def test_every_listed_rule_has_a_text(self):
        listed = [line.split()[0] for line in self.gordian("explain").out.splitlines()
                  if line.startswith("  ") and not line.startswith("   ")]
        self.assertGreater(len(listed), 25)
        result = self.gordian("explain", *listed)
        self.assertEqual(result.code, 0, result.err)

    def test_unknown(self):
        result = self.gordian("explain", "lock-odrer")
        self.assertEqual(result.code, 2)
        self.assert_one_line(result.err, "did you mean 'lock-order'?")


if __name__ == "__main__":
    cli.main()
