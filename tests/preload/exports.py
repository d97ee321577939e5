#!/usr/bin/env python3
"""Compares what libgordian.so exports with what the C library has.

A variant of a lock function that is not interposed would be an acquisition nobody sees, so every function
of the families below that this machine's C library exports must be exported by the recorder. And the
recorder must export nothing that is not the C library's: such a name could clash with the program's own.
"""
import re
import subprocess
import sys

# Families that are interposed as a whole, and those of their functions that neither take, give nor end a lock.
FAMILIES = {
    r"pthread_mutex_\w+": {"pthread_mutex_getprioceiling", "pthread_mutex_setprioceiling"},
    r"pthread_mutex_(timed|clock)?lock": set(),
    r"pthread_rwlock_\w+": set(),
    r"pthread_spin_\w+": set(),
    r"pthread_cond_(timed|clock)?wait": set(),
    r"sem_\w+": {"sem_getvalue"},
    r"pthread_\w*join\w*": set(),
    r"pthread_(create|detach)": set(),
    r"exec(l|le|lp|v|ve|vp|vpe)|fexecve": set(),
    r"posix_spawnp?": set(),
    r"_exit|_Exit|quick_exit|_Fork": set(),
    r"dlclose": set(),
    r"free|realloc|munmap": set(),
}
# Answered by the recorder only while it works itself (preload/unwinder.c), kept for a name (thread.c), or for
# the order of fork handlers (process.c).
OTHERS = {"__register_atfork", "dl_iterate_phdr", "pipe2", "sigprocmask", "pthread_setname_np"}


def functions(library):
    text = subprocess.run(["nm", "-D", "--defined-only", library], check=True,
                          capture_output=True, text=True).stdout
    names = set()
    for line in text.splitlines():
        fields = line.split()
        name, _, version = fields[-1].partition("@")
        # One "@": kept for old binaries, under a name that nothing new can be linked to.
        if fields[-2] in "TWi" and (not version or version.startswith("@")):
            names.add(name)
    return names


def c_library():
    text = subprocess.run(["ldd", "/bin/sh"], check=True, capture_output=True, text=True).stdout
    return re.search(r"libc\.so\.6 => (\S+)", text)[1]


def main():
    exported = functions(sys.argv[1])
    present = functions(c_library())
    wanted = set(OTHERS)
    for family, left_out in FAMILIES.items():
        members = {name for name in present if re.fullmatch(family, name)} - left_out
        if not members:
            sys.exit(f"the C library has no function {family}: the test looks for the wrong names")
        wanted |= members
    missing, extra = sorted(wanted - exported), sorted(exported - wanted)
    if missing:
        print("not interposed:", ", ".join(missing))
    if extra:
        print("exported beyond what is interposed:", ", ".join(extra))
    print(f"{len(wanted & exported)} functions interposed")
    return 1 if missing or extra else 0


if __name__ == "__main__":
    sys.exit(main())
