"""What the tests of the command line share: running gordian, places to write, skipping loudly."""
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

GORDIAN = os.environ.get("GORDIAN", "")
SUBJECT = os.environ.get("SUBJECT", "")
STATIC = os.environ.get("SUBJECT_STATIC", "")
SECONDS = 60


class Result:
    """How a command ended: .code (negative: the signal), .out and .err as text."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out.decode(), err.decode()


class Case(unittest.TestCase):
    """A test with a directory of its own, which is also the current and the temporary one."""

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="gordian-cli-")
        os.chmod(self.dir, 0o755)
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.tmp = self.path("tmp")
        os.mkdir(self.tmp, 0o755)
        self.gordian_path = GORDIAN

    def path(self, *names):
        return os.path.join(self.dir, *names)

    def write(self, name, text, mode=0o644):
        path = self.path(name)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        os.chmod(path, mode)
        return path

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def environment(self, **changes):
        env = {key: value for key, value in os.environ.items()
               if not key.startswith("GORDIAN") and key != "LD_PRELOAD"}
        # So wide that no sentence is wrapped.
        env.update(TMPDIR=self.tmp, LC_ALL="C.UTF-8", COLUMNS="1000")
        env.update(changes)
        return {key: value for key, value in env.items() if value is not None}

    def command(self, *words, env=None, stdin=b"", **more):
        done = subprocess.run([str(word) for word in words], input=stdin, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=SECONDS,
                              cwd=self.dir, env=self.environment(**(env or {})), **more)
        return Result(done.returncode, done.stdout, done.stderr)

    def gordian(self, *words, **more):
        return self.command(self.gordian_path, *words, **more)

    def open_to_all(self):
        """Has gordian() run a copy that every user can run, as the checkout may be in a closed directory.
        Returns a copy of the subject."""
        library = os.path.join(os.path.dirname(GORDIAN), "..", "preload", "libgordian.so")
        for source, *names in ((GORDIAN, "tools", "gordian"), (SUBJECT, "tests", "subject"),
                               (library, "preload", "libgordian.so")):
            copy = self.path("build", *names)
            os.makedirs(os.path.dirname(copy))
            shutil.copy(source, copy)
            os.chmod(copy, 0o755)
        for directory in glob.glob(self.path("build", "")) + glob.glob(self.path("build", "*", "")):
            os.chmod(directory, 0o755)
        self.gordian_path = self.path("build", "tools", "gordian")
        return self.path("build", "tests", "subject")

    def run_json(self, *words, options=(), **more):
        """`gordian run` with a JSON report; returns the result and the report."""
        result = self.gordian("run", *options, "--format", "json", "-o", "report.json", "--",
                              *words, **more)
        with open(self.path("report.json"), encoding="utf-8") as file:
            return result, json.load(file)

    def record(self, *words, directory="traces"):
        result = self.gordian("record", "-o", directory, "--", SUBJECT, *words)
        self.assertEqual(result.code, 0, result.err)
        return self.path(directory)

    def traces(self, directory):
        return sorted(glob.glob(os.path.join(directory, "*.gordian")))

    def assert_one_line(self, text, *parts):
        """One line of gordian's, with these parts in it."""
        self.assertEqual(text.count("\n"), 1, text)
        self.assertTrue(text.startswith("gordian: "), text)
        for part in parts:
            self.assertIn(part, text)


def skip(reason):
    """Skips a test so that it is seen in the log."""
    print("NOT TESTED: " + reason, file=sys.stderr)
    raise unittest.SkipTest(reason)


def main():
    if not GORDIAN or not SUBJECT:
        sys.exit("the tests of the command line are run by meson: meson test --suite cli")
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup's programs inherit that it is ignored
    unittest.main(verbosity=2)
