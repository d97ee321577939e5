#!/usr/bin/env python3
"""gordian doctor, and that run and record refuse with the same sentence."""
import os
import shutil
import struct
import subprocess

import cli
from cli import SUBJECT

ROOT = os.geteuid() == 0
NOBODY = 65534
EM_386, EM_S390, EM_AARCH64, EM_X86_64 = 3, 22, 183, 62


def elf(machine=None, loader=None, bits=64, kind=2):
    """A small ELF file: a header, and a PT_INTERP when there is a loader."""
    if machine is None:
        with open("/proc/self/exe", "rb") as file:
            (machine,) = struct.unpack_from("<H", file.read(20), 18)
    name = loader.encode() + b"\0" if loader else b""
    count = 1 if loader else 0
    ident = b"\x7fELF" + bytes([2 if bits == 64 else 1, 1, 1]) + bytes(9)
    if bits == 64:
        header = struct.pack("<HHIQQQIHHHHHH", kind, machine, 1, 0, 64, 0, 0, 64, 56, count, 64,
                             0, 0)
        segment = struct.pack("<IIQQQQQQ", 3, 4, 120, 0, 0, len(name), len(name), 1)
    else:
        header = struct.pack("<HHIIIIIHHHHHH", kind, machine, 1, 0, 52, 0, 0, 52, 32, count, 40,
                             0, 0)
        segment = struct.pack("<IIIIIIII", 3, 84, 0, 0, len(name), len(name), 4, 1)
    return ident + header + (segment + name if loader else b"") + bytes(64)


class Base(cli.Case):
    def assert_refused(self, program, *parts, **more):
        """doctor says no, and run and record say the same sentence and exit with 2."""
        result = self.gordian("doctor", program, **more)
        self.assertEqual((result.code, result.err), (1, ""))
        sentence = result.out.splitlines()[-1]
        self.assertTrue(sentence.startswith("no "), sentence)
        for part in parts:
            self.assertIn(part, sentence)
        for command in ("run", "record"):
            refused = self.gordian(command, "--", program, **more)
            self.assertEqual((refused.code, refused.out), (2, ""))
            self.assert_one_line(refused.err, sentence[2:].strip())


class Doctor(Base):
    def test_this_machine(self):
        result = self.gordian("doctor")
        self.assertEqual((result.code, result.err), (0, ""), result.out)
        for part in ("libgordian.so", "libunwind.so.8", self.tmp, "Linux"):
            self.assertIn(part, result.out)

    def test_good(self):
        result = self.gordian("doctor", SUBJECT, "sh")
        self.assertEqual(result.code, 0)
        self.assertIn(f"'{SUBJECT}' can be recorded", result.out)
        self.assertRegex(result.out, r"'/.*/sh' can be recorded")

    def test_unusable_temporary_directory(self):
        result = self.gordian("doctor", env={"TMPDIR": "/nowhere"})
        self.assertEqual(result.code, 1)
        self.assertIn("/nowhere", result.out)

    def test_static(self):
        self.assert_refused(cli.STATIC, "statically linked", "-static")

    def test_static_pie(self):
        self.write("a.c", "int main(void) { return 0; }\n")
        built = self.command("cc", "-static-pie", "-o", "a", "a.c")
        if built.code:
            cli.skip("the compiler makes no static PIE")
        self.assert_refused("./a", "statically linked (static PIE)")

    def test_musl(self):
        self.write("a", elf(loader="/lib/ld-musl-x86_64.so.1"), 0o755)
        self.assert_refused("./a", "musl", "ld-musl-x86_64.so.1", "build it for glibc")

    def test_other_loader(self):
        self.write("a", elf(loader="/opt/strange/loader"), 0o755)
        self.assert_refused("./a", "/opt/strange/loader")

    def test_other_architecture(self):
        other = EM_X86_64 if elf()[18] == EM_AARCH64 else EM_AARCH64
        self.write("a", elf(machine=other, loader="/lib/ld-linux-aarch64.so.1"), 0o755)
        self.assert_refused("./a", "AArch64" if other == EM_AARCH64 else "x86-64",
                            "built for that architecture")

    def test_other_class(self):
        self.write("a", elf(machine=EM_386, loader="/lib/ld-linux.so.2", bits=32), 0o755)
        self.assert_refused("./a", "32-bit", "x86")

    def test_other_byte_order(self):
        data = bytearray(elf(loader="/lib/ld64.so.1"))
        data[5] = 2
        data[16:20] = struct.pack(">HH", 2, EM_S390)
        self.write("a", bytes(data), 0o755)
        result = self.gordian("doctor", "./a")
        self.assertEqual(result.code, 1, result.out)

    def test_shared_library(self):
        self.command("cc", "-shared", "-x", "c", "/dev/null", "-o", self.path("lib.so"))
        self.assert_refused("./lib.so", "shared library")

    def test_damaged(self):
        for length in (4, 20, 63, 70, 119, 125):
            self.write("a", elf(loader="/lib64/ld-linux-x86-64.so.2")[:length], 0o755)
            self.assertIn(self.gordian("doctor", "./a").code, (0, 1))

    def test_not_found(self):
        result = self.gordian("doctor", "no-such-program")
        self.assertEqual(result.code, 1)
        self.assertIn("'no-such-program' was not found in any directory of PATH", result.out)

    def test_not_executable(self):
        self.write("plain", "x")
        result = self.gordian("doctor", "./plain")
        self.assertEqual(result.code, 1)
        self.assertIn("not executable", result.out)

    def test_java(self):
        self.command("cc", "-shared", "-Wl,-soname,libjli.so", "-x", "c", "/dev/null", "-o",
                     self.path("libjli.so"))
        self.write("main.c", "int main(void) { return 0; }\n")
        self.command("cc", self.path("main.c"), "-Wl,--no-as-needed", self.path("libjli.so"),
                     "-o", self.path("java"))
        result = self.gordian("doctor", "./java")
        self.assertEqual(result.code, 0, result.out)
        self.assertRegex(result.out, r"(?m)^limited .*Java's own do not go through libpthread$")

    def test_go(self):
        shutil.copy(SUBJECT, self.path("go"))
        built = self.command("objcopy", "--add-section", ".go.buildinfo=/etc/hostname", "go")
        self.assertEqual(built.code, 0, built.err)
        result = self.gordian("doctor", "./go")
        self.assertEqual(result.code, 0)
        self.assertRegex(result.out, r"(?m)^limited +'./go' is a Go program")
        self.assertEqual(self.gordian("run", "--", "./go", "exit", 5).code, 5)

    def test_rust(self):
        """Its library's locks were libpthread's until rustc 1.62."""
        for version, state in (("1.95.0", "limited"), ("1.62.0", "limited"), ("1.61.0", "ok")):
            self.write("main.c", f'__asm__(".ident \\"rustc version {version} (x)\\"");\n'
                       "int main(void) { return 5; }\n")
            self.command("cc", self.path("main.c"), "-o", self.path("rust"))
            result = self.gordian("doctor", "./rust")
            self.assertEqual(result.code, 0)
            self.assertRegex(result.out, rf"(?m)^{state} +'./rust' (is a Rust program|can be)")


class Scripts(Base):
    def test_good_script(self):
        for first in ("#!/bin/sh", "#! /bin/sh -e", "#!/usr/bin/env sh", "#!/usr/bin/env -S sh -e",
                      "echo"):
            self.write("script", first + "\n", 0o755)
            result = self.gordian("doctor", "./script")
            self.assertEqual(result.code, 0, result.out)
            self.assertIn("'./script' can be recorded", result.out)

    def test_static_interpreter(self):
        self.write("script", f"#!{cli.STATIC}\n", 0o755)
        self.assert_refused("./script", "is a script", cli.STATIC, "statically linked")

    def test_static_interpreter_through_env(self):
        os.symlink(cli.STATIC, self.path("static-here"))
        self.write("script", "#!/usr/bin/env static-here\n", 0o755)
        path = {"PATH": self.dir + ":" + os.environ["PATH"]}
        self.assert_refused("./script", "is a script", "statically linked", env=path)

    def test_script_of_a_script(self):
        self.write("inner", f"#!{cli.STATIC}\n", 0o755)
        self.write("outer", f"#!{self.path('inner')}\n", 0o755)
        self.assert_refused("./outer", "statically linked")

    def test_circle(self):
        self.write("script", f"#!{self.path('script')}\n", 0o755)
        self.assertEqual(self.gordian("doctor", "./script").code, 1)

    def test_missing_interpreter(self):
        self.write("script", "#!/nowhere/sh\n", 0o755)
        result = self.gordian("doctor", "./script")
        self.assertEqual(result.code, 1)
        self.assertIn("'/nowhere/sh' was not found", result.out)


class Privileged(Base):
    def setUp(self):
        super().setUp()
        if not ROOT:
            cli.skip("setuid programs of other users need root to be made")
        os.chmod(self.dir, 0o755)
        os.chmod(self.tmp, 0o777)
        self.program = shutil.copy(SUBJECT, self.path("program"))
        if os.statvfs(self.dir).f_flag & os.ST_NOSUID:
            cli.skip(f"{self.dir} is mounted nosuid")
        with open("/proc/self/status", encoding="ascii") as status:
            if "NoNewPrivs:\t1" in status.read():
                cli.skip("this process cannot gain privileges")

    def test_setuid(self):
        os.chown(self.program, NOBODY, 0)
        os.chmod(self.program, 0o4755)
        self.assert_refused(self.program, "is setuid", "LD_PRELOAD", "copy")

    def test_setgid(self):
        os.chown(self.program, 0, NOBODY)
        os.chmod(self.program, 0o2755)
        self.assert_refused(self.program, "is setgid", "LD_PRELOAD")

    def test_setuid_root(self):
        os.chmod(self.program, 0o4755)
        self.open_to_all()
        self.assert_refused(self.program, "is setuid", user=NOBODY, extra_groups=[])
        result = self.gordian("doctor", self.program)
        self.assertEqual(result.code, 0)
        self.assertIn("setuid", result.out)
        self.assertEqual(self.gordian("run", self.program, "invert").code, 66)

    def test_capabilities(self):
        # struct vfs_cap_data, revision 2: cap_net_raw permitted, and effective
        value = struct.pack("<IIIII", 0x02000001, 1 << 13, 0, 0, 0)
        try:
            os.setxattr(self.program, "security.capability", value)
        except OSError as error:
            cli.skip(f"file capabilities cannot be set: {error}")
        self.open_to_all()
        self.assert_refused(self.program, "file capabilities", user=NOBODY, extra_groups=[])
        self.assertEqual(self.gordian("doctor", self.program).code, 0)

    def test_the_loader_agrees(self):
        """What is refused here cannot be preloaded: the loader itself says so."""
        os.chown(self.program, NOBODY, 0)
        os.chmod(self.program, 0o4755)
        done = subprocess.run([self.program, "invert"], check=False, stderr=subprocess.PIPE,
                              cwd=self.tmp,
                              env=self.environment(LD_PRELOAD="/nowhere/libnone.so"))
        self.assertEqual(done.stderr, b"")


if __name__ == "__main__":
    cli.main()
