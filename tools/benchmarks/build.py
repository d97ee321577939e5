"""Builds the benchmark programs, on demand, into a directory of their own."""

import os
import shutil
import subprocess

from measure import Failed, Skipped

SOURCE = os.path.dirname(os.path.abspath(__file__))
INCLUDE = os.path.join(SOURCE, "..", "..", "include")
FLAGS = ["-std=gnu11", "-D_GNU_SOURCE", "-O2", "-g", "-Wall", "-Wextra", "-pthread", "-I" + INCLUDE]

# name: (sources, libraries)
PROGRAMS = {
    "micro": (["micro.c", "micro_alone.c", "micro_lives.c", "micro_rwlock.c",
               "micro_semaphore.c", "micro_together.c"], []),
    "startup": (["startup.c"], []),
    "situations": (["situations.c"], []),
    "crowd": (["crowd.c"], []),
    "sqlite": (["sqlite.c"], ["-lsqlite3"]),
    "memload": (["memload.c"], []),
    "bigtrace": (["bigtrace.c"], []),
}


def newest_source():
    return max(os.stat(os.path.join(SOURCE, name)).st_mtime
               for name in os.listdir(SOURCE) if name.endswith((".c", ".h")))


def build(compiler, directory, *flags):
    """Builds what is out of date; a program that cannot be built (no SQLite) is left out."""
    if not shutil.which(compiler):
        raise Skipped(f"{compiler} is not installed")
    os.makedirs(directory, exist_ok=True)
    for name, (sources, libraries) in PROGRAMS.items():
        output = os.path.join(directory, name)
        if os.path.exists(output) and os.stat(output).st_mtime >= newest_source():
            continue
        command = [compiler, *FLAGS, *flags, "-o", output]
        command += [os.path.join(SOURCE, source) for source in sources] + libraries
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode and libraries:
            continue
        if done.returncode:
            raise Failed(f"{name} does not compile:\n{done.stderr}")
    return directory
