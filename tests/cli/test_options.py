#!/usr/bin/env python3
"""The common options: every command takes those that can mean something to it."""
import json
import cli

COMMANDS = ("run", "record", "report", "check", "dump", "ps", "explain", "doctor")
WRITERS = ("report", "check", "dump", "ps", "explain", "doctor")
JSON = {"report": "gordian-report/1", "check": "gordian-check/1", "ps": "gordian-report/1",
        "explain": "gordian-explain/1", "doctor": "gordian-doctor/1"}


class Common(cli.Case):
    def words(self, command, *options):
        """A command line of that command, with something to work on."""
        if command in ("run", "record"):
            return [command, *options, "--", cli.SUBJECT, "lock"]
        if command in ("explain", "doctor"):
            return [command, *options]
        return [command, *options, self.record("invert", directory="traces")
                if not self.traces(self.path("traces")) else self.path("traces")]

    def operands(self, command):
        """What dump takes is a file."""
        words = self.words(command)
        return self.traces(self.path("traces"))[:1] if command == "dump" else words[1:]

    def call(self, command, *options):
        if command in ("run", "record"):
            return self.gordian(*self.words(command, *options))
        return self.gordian(command, *options, *self.operands(command))

    def test_everywhere(self):
        for command in COMMANDS:
            for options in ([], ["--quiet"], ["-q"], ["--verbose"], ["-v"], ["--color", "never"]):
                result = self.call(command, *options)
                self.assertEqual(result.code, int(command == "check"), (command, options))
                self.assertNotIn("unknown option", result.err)

    def test_output_file(self):
        for command in WRITERS:
            code = int(command == "check")
            plain = self.call(command)
            self.assertEqual(plain.code, code, plain.err)
            self.assertTrue(plain.out, command)
            result = self.call(command, "-o", "out", "--format", "text")
            self.assertEqual((result.code, result.out, result.err), (code, "", ""), command)
            self.assertEqual(self.read("out"), plain.out, command)
            again = self.call(command, "--output", "-")
            self.assertEqual(again.out, plain.out, command)

    def test_output_file_is_replaced(self):
        self.write("out", "x" * 100000)
        self.assertEqual(self.call("doctor", "-o", "out").code, 0)
        self.assertNotIn("xxx", self.read("out"))

    def test_output_that_cannot_be_written(self):
        for command in WRITERS:
            result = self.call(command, "-o", "missing/out")
            self.assertEqual((result.code, result.out), (2, ""), command)
            self.assert_one_line(result.err, "missing/out", "No such file")
            result = self.call(command, "-o", "/dev/full")
            self.assertEqual((result.code, result.out), (3, ""), command)
            self.assert_one_line(result.err, "/dev/full", "No space left")

    def test_json(self):
        for command, schema in JSON.items():
            result = self.call(command, "--format", "json")
            self.assertEqual(result.code, int(command == "check"), result.err)
            self.assertEqual(json.loads(result.out)["schema"], schema)
            named = self.call(command, "-o", "out.json")
            self.assertEqual((named.code, named.out), (result.code, ""))
            self.assertEqual(json.loads(self.read("out.json"))["schema"], schema)

    def test_json_and_text_at_once(self):
        result = self.call("check", "--format", "json", "-o", "gate", "--format", "text")
        self.assertEqual(result.code, 1)
        self.assertIn("gate: failed, 1 finding", result.out)
        self.assertFalse(json.loads(self.read("gate"))["gate"]["passed"])

    def test_dump_has_no_json(self):
        for options in (["--format", "json"], ["-o", "records.json"]):
            result = self.call("dump", *options)
            self.assertEqual((result.code, result.out), (2, ""))
            self.assert_one_line(result.err, "dump: ", "json", "text only")

    def test_option_of_other_commands(self):
        for command, option, others in (("record", "--format=json", "run, report"),
                                        ("ps", "--fail-on=all", "run, report, check"),
                                        ("report", "--timeout=3", "run, record")):
            result = self.call(command, option)
            self.assertEqual((result.code, result.out), (2, ""))
            self.assert_one_line(result.err, f"{command}: '{option.split('=')[0]}'", others)

    def test_option_of_a_later_version(self):
        for command in ("run", "record"):
            for option in ("--races", "--timeline", "--timeline=4", "--confirm", "--perturb=7"):
                result = self.call(command, option)
                self.assertEqual((result.code, result.out), (2, ""))
                self.assert_one_line(result.err, f"'{option.split('=')[0]}' is not in this version")


class Check(cli.Case):
    def test_json(self):
        directory = self.record("invert")
        (finding,) = json.loads(self.gordian("report", "--format", "json", directory).out)["findings"]
        gate = json.loads(self.gordian("check", "--format", "json", directory).out)
        self.assertEqual(gate["verdict"], "findings")
        self.assertTrue(gate["complete"])
        self.assertEqual(gate["gate"], {"passed": False, "fail_on": ["deadlock", "lock-inversion",
                                                                     "misuse"]})
        names = ("id", "kind", "rule", "verdict", "reason", "severity", "message")
        self.assertEqual(gate["findings"], [{name: finding[name] for name in names}])
        self.assertEqual(gate["findings"][0]["rule"], "lock-order")
        passed = self.gordian("check", "--format", "json", "--fail-on", "relock", directory)
        self.assertEqual(passed.code, 0)
        gate = json.loads(passed.out)
        self.assertEqual((gate["gate"]["passed"], gate["findings"]), (True, []))

    def test_quiet(self):
        directory = self.record("invert")
        result = self.gordian("check", "-q", "--fail-on", "none", "-o", "gate", directory)
        self.assertEqual((result.code, result.out), (0, ""))
        self.assertIn("gate: passed", self.read("gate"))
        self.assertIn("lock-order", self.gordian("check", "-q", directory).out)


class Doctor(cli.Case):
    def test_json(self):
        result = self.gordian("doctor", "--format", "json", cli.SUBJECT, "/nowhere")
        self.assertEqual(result.code, 1)
        report = json.loads(result.out)
        self.assertFalse(report["recordable"])
        machine = {check["subject"]: check for check in report["checks"] if not check["program"]}
        self.assertEqual(sorted(machine), ["directory", "kernel", "recorder", "unwinder"])
        programs = {check["program"]: check for check in report["checks"] if check["program"]}
        self.assertEqual(programs[cli.SUBJECT]["state"], "ok")
        self.assertEqual(programs["/nowhere"]["state"], "no")
        self.assertIn("/nowhere", programs["/nowhere"]["message"])

    def test_quiet(self):
        result = self.gordian("doctor", "--quiet", cli.SUBJECT, "/nowhere")
        self.assertEqual(result.code, 1)
        self.assertNotIn("ok ", result.out)
        self.assertIn("/nowhere", result.out)


class Explain(cli.Case):
    def test_json(self):
        (rule,) = json.loads(self.gordian("explain", "--format=json", "relock").out)["rules"]
        self.assertEqual((rule["rule"], rule["kind"], rule["severity"]),
                         ("relock", "misuse", "error"))
        text = self.gordian("explain", "relock").out
        self.assertIn(rule["text"], text)
        everything = json.loads(self.gordian("explain", "--format=json").out)["rules"]
        self.assertGreater(len(everything), 25)
        self.assertIn(rule, everything)

    def test_unknown_rule_leaves_the_file_alone(self):
        self.write("out", "kept")
        self.assertEqual(self.gordian("explain", "-o", "out", "lock-odrer").code, 2)
        self.assertEqual(self.read("out"), "kept")


class Ps(cli.Case):
    def test_quiet(self):
        directory = self.record("lock")
        self.assertEqual(self.gordian("ps", "--quiet", directory).out, "")
        self.assertIn("ended with status 0", self.gordian("ps", directory).out)


if __name__ == "__main__":
    cli.main()
