#!/usr/bin/env python3
"""tools/setup and tools/test, with stand-ins for the programs that they call."""
import os
import shutil

import cli

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SUMMARY = """
Ok:                 {ok}
Expected Fail:      0
Fail:               {fail}
Unexpected Pass:    0
Skipped:            {skipped}
Timeout:            {timeout}
"""


class Scripts(cli.Case):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("bin"))
        os.mkdir(self.path("tools"))
        for name in ("setup", "test", "common.sh"):
            shutil.copy(os.path.join(TOP, "tools", name), self.path("tools"))

    def stand_in(self, name, text):
        self.write(os.path.join("bin", name), "#!/bin/sh\n" + text + "\n", 0o755)

    def script(self, name, *words, path=None, **env):
        return self.command(self.path("tools", name), *words,
                            env={"PATH": path or self.path("bin") + ":/usr/bin:/bin", **env})


class Setup(Scripts):
    def test_all_there(self):
        self.stand_in("dpkg-query", "echo 'ii '")
        self.stand_in("apt-get", "echo called >&2; exit 1")
        result = self.script("setup", "--tests")
        self.assertEqual((result.code, result.err), (0, ""))

    def test_without_root(self):
        self.stand_in("dpkg-query", 'for last; do :; done; [ "$last" = uthash-dev ] || echo "ii "')
        self.stand_in("apt-get", "touch called")
        self.stand_in("id", "echo 1000")
        result = self.script("setup")
        self.assertEqual(result.code, 1)
        self.assertIn("apt-get install uthash-dev \n", result.err)
        self.assertFalse(os.path.exists(self.path("called")))

    def test_removed_package(self):
        self.stand_in("dpkg-query", "echo 'rc '")
        self.stand_in("id", "echo 1000")
        result = self.script("setup")
        self.assertEqual(result.code, 1)
        self.assertIn("meson", result.err)

    def test_without_dpkg(self):
        for name in ("dirname", "sh", "id"):
            os.symlink(shutil.which(name), self.path("bin", name))
        result = self.script("setup", path=self.path("bin"))
        self.assertEqual(result.code, 1)
        self.assertIn("libunwind-dev", result.err)
        self.assertEqual(self.script("setup", path=self.path("bin"), GORDIAN_SETUP="skip").code, 0)

    def test_installs_what_is_missing(self):
        self.stand_in("dpkg-query", 'for last; do :; done; [ "$last" = check ] || echo "ii "')
        self.stand_in("apt-get", f'echo "$*" >{self.path("asked")}')
        self.stand_in("id", "echo 0")
        policy = "/usr/sbin/policy-rc.d"
        if not os.path.exists(policy) and not os.access(os.path.dirname(policy), os.W_OK):
            cli.skip("the service policy cannot be set")
        result = self.script("setup")
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(self.read("asked"), "install -y --no-install-recommends check\n")

    def test_wrong_word(self):
        self.assertEqual(self.script("setup", "--wibble").code, 2)


class Test(Scripts):
    def run_tests(self, code=0, **counts):
        self.stand_in("ninja", "exit 0")
        counts = {"ok": 0, "fail": 0, "skipped": 0, "timeout": 0, **counts}
        self.stand_in("meson", f'echo "$*" >>{self.path("asked")}\n[ "$1" = test ] || exit 0\n'
                      f"cat <<'END'\n{SUMMARY.format(**counts)}END\nexit {code}")
        return self.script("test", "unit", "cli", GORDIAN_SETUP="skip")

    def assert_closing(self, result, line):
        self.assertEqual(result.out.splitlines()[-1], line)

    def test_green(self):
        result = self.run_tests(ok=12)
        self.assertEqual(result.code, 0, result.err)
        self.assert_closing(result, "12 passed, 0 failed")
        asked = self.read("asked").splitlines()
        self.assertEqual(asked[0], "setup build -Dwerror=true")
        self.assertIn("--suite unit --suite cli", asked[-1])

    def test_skipped(self):
        result = self.run_tests(ok=12, skipped=3)
        self.assertEqual(result.code, 0)
        self.assertIn("\n3 skipped\n", result.out)
        self.assert_closing(result, "12 passed, 0 failed")

    def test_failures(self):
        result = self.run_tests(code=1, ok=12, fail=2, timeout=1)
        self.assertEqual(result.code, 1)
        self.assert_closing(result, "12 passed, 3 failed")

    def test_nothing_ran(self):
        result = self.run_tests()
        self.assertEqual(result.code, 1)
        self.assert_closing(result, "0 passed, 1 failed")

    def test_meson_failed(self):
        result = self.run_tests(code=1, ok=5)
        self.assertEqual(result.code, 1)
        self.assert_closing(result, "5 passed, 1 failed")

    def test_build_fails(self):
        self.stand_in("meson", "exit 0")
        self.stand_in("ninja", "echo wrong; exit 1")
        result = self.script("test", GORDIAN_SETUP="skip")
        self.assertNotEqual(result.code, 0)
        self.assertIn("wrong", result.err)
        self.assertIn("The build failed", result.err)


class Ci(Scripts):
    def test_calls_the_tests(self):
        os.mkdir(self.path(".ci"))
        shutil.copy(os.path.join(TOP, ".ci", "run"), self.path(".ci"))
        self.write("tools/test", "#!/bin/sh\necho called; exit 7\n", 0o755)
        result = self.command(self.path(".ci", "run"))
        self.assertEqual((result.code, result.out), (7, "called\n"))

    def test_shellcheck(self):
        if not shutil.which("shellcheck"):
            cli.skip("shellcheck is not installed")
        names = ["tools/setup", "tools/try", "tools/test", "tools/common.sh", ".ci/run"]
        result = self.command("shellcheck", "-x", *[os.path.join(TOP, name) for name in names])
        self.assertEqual(result.code, 0, result.out)


if __name__ == "__main__":
    cli.main()
