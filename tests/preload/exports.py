#!/usr/bin/env python3
"""Compares what libgordian.so exports with what the C library and GLib have.

A variant of a lock function that is not interposed would be an acquisition nobody sees, so every function
of the families below that this machine's library exports must be exported by the recorder. And the recorder
must export nothing that is not such a library's: such a name could clash with the program's own.
"""
import os
import re
import subprocess
import sys

# Families that are interposed as a whole, and those of their functions that neither take, give nor end a lock.
FAMILIES = {
    r"pthread_mutex_\w+": {"pthread_mutex_getprioceiling", "pthread_mutex_setprioceiling"},
    r"pthread_mutex_(timed|clock)?lock": set(),
    r"pthread_rwlock_\w+": set(),
    r"pthread_spin_\w+": set(),
    r"sem_\w+": {"sem_getvalue"},
    r"pthread_cond_\w+": set(),
    r"(mtx|cnd)_\w+|thrd_(create|join|detach)": set(),
    r"pthread_barrier_\w+|pthread_once|call_once": set(),
    r"pthread_\w*join\w*": set(),
    r"pthread_(create|detach|setcanceltype)": set(),
    r"exec(l|le|lp|v|ve|vp|vpe)|fexecve": set(),
    r"posix_spawnp?": set(),
    r"_exit|_Exit|quick_exit|_Fork|clone": set(),
    r"(set|p)rlimit(64)?": set(),
    r"dlclose|dlsym": set(),
    r"(__)?sigaction|((bsd_|s|(__)?sysv_))?signal|sigset|sigignore": set(),
    r"sigprocmask|pthread_sigmask|sigrelse|sigsetmask": set(),
    # What may block under a lock.
    r"(__)?(read|write)v?|__p?read(64)?_chk|(__)?p(read|write)(64)?|p(read|write)v(64)?(v?2)?": set(),
    r"sendfile(64)?|splice|copy_file_range|f(data)?sync|sync(fs)?|msync": set(),
    r"recv\w*|__recv(from)?_chk|(__)?send|send(to|m?msg)|accept4?|(__)?connect": set(),
    r"get(addr|name)info|gethostby\w+": set(),
    r"(__|u|clock_|thrd_)?(nano)?sleep": set(),
    r"(__)?p?(poll|select)|__p?poll_chk|epoll_p?wait2?": set(),
    r"(__)?wait(pid|id|3|4)?|system": set(),
    r"pause|(__)?sigsuspend|sig(timed)?wait(info)?": set(),
    r"u?alarm|setitimer|timer_settime": set(),
    r"msg(rcv|snd)|sem(timed)?op|mq_(timed)?(send|receive)": set(),
    r"(_IO_)?f(un|try)?lockfile": set(),
    r"free|realloc|munmap|mremap|mmap|mmap64|shmat|shmdt": set(),
    r"[fp]close|freopen(64)?": set(),
    r"flock|lockf(64)?|(__)?fcntl(64)?": set(),
    r"close|close_range|closefrom|closedir|dup[23]?": set(),
}
# C++'s and GLib's, where they are there.
CXX_FAMILIES = {r"__cxa_guard_\w+": set()}
GLIB_FAMILIES = {
    r"g_mutex_\w+": set(),
    r"g_rec_mutex_\w+": set(),
    r"g_rw_lock_\w+": set(),
    r"g_cond_\w+": set(),
    r"g_(pointer_)?bit_(un|try)?lock": set(),
    # Its memory is freed by free.
    r"g_async_queue_\w+": {f"g_async_queue_{what}" for what in (
        "ref", "ref_unlocked", "unref", "length", "length_unlocked", "sort", "sort_unlocked")},
    # Nothing has called it since GLib 2.14.
    r"g_once_\w+": {"g_once_init_enter_impl"},
}
# With "_" at the end they are Fortran's.
GOMP_FAMILIES = {
    r"omp_\w+_lock_?": set(),
    r"GOMP_critical_\w+": set(),
    # The one with reductions gives its data to the runtime. Two are of GCC before 4.9, for a region
    # that is not one call.
    r"GOMP_parallel\w*": {"GOMP_parallel_reductions", "GOMP_parallel_start", "GOMP_parallel_end"} | {
        f"GOMP_parallel_{what}_start" for what in (
            "loop_static", "loop_dynamic", "loop_guided", "loop_runtime", "sections")},
    r"GOMP_(barrier|loop_end|sections_end|cancel)": set(),
    r"GOMP_(ordered_\w+|loop_end_nowait)": set(),
    # What the rest of them orders is not made use of.
    r"GOMP_task\w*": {"GOMP_taskwait_depend", "GOMP_taskyield"} | {
        f"GOMP_taskgroup_reduction_{what}" for what in ("register", "unregister")
    } | {"GOMP_task_reduction_remap"},
}
KMP_FAMILIES = {r"__kmpc_(end_)?(critical|ordered)\w*": set(), r"ompt_start_tool": set()}
# Functions of GLib that came after what this machine may have.
NEWER = {"g_once_init_enter_pointer", "g_once_init_leave_pointer"}
# Answered by the recorder only while it works itself (preload/unwinder.c), kept for a name (thread.c), or for
# the order of fork handlers (process.c); vfork.c.
OTHERS = {"prctl", "__register_atfork", "dl_iterate_phdr", "pipe2", "pthread_setname_np", "syscall",
          "vfork", "__vfork"}
# What programs call to tell us something (preload/annotate.c, annotate_others.c).
ANNOTATIONS = {f"gordian_{what}" for what in (
    "created", "destroyed", "acquire", "wait", "not_acquired", "acquired", "release", "name",
    "order_class", "ignore_begin", "ignore_end", "happens_before", "happens_after")} | {
    f"AnnotateRWLock{what}" for what in (
        "Create", "CreateStatic", "Destroy", "Acquired", "Released")} | {
    "AnnotateHappensBefore", "AnnotateHappensAfter"} | {
    f"__tsan_mutex_{what}" for what in (
        "create", "destroy", "pre_lock", "post_lock", "pre_unlock", "post_unlock")}


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


def beside(path, name):
    """A library in the C library's directory or in /usr; None: it is not there."""
    directory = os.path.dirname(path)
    paths = [os.path.join(root, name) for root in (directory, "/usr" + directory)]
    return next((each for each in paths if os.path.exists(each)), None)


def members_of(families, present):
    """The functions of these families that there are, but for those left out."""
    members = set()
    for family, left_out in families.items():
        found = {name for name in present if re.fullmatch(family, name)}
        if not found:
            sys.exit(f"there is no function {family}: the test looks for the wrong names")
        members |= found - left_out
    return members


def main():
    exported = functions(sys.argv[1])
    libc = c_library()
    wanted = OTHERS | ANNOTATIONS | members_of(FAMILIES, functions(libc))
    for name, families in (("libglib-2.0.so.0", GLIB_FAMILIES), ("libstdc++.so.6", CXX_FAMILIES),
                           ("libgomp.so.1", GOMP_FAMILIES), ("libomp.so.5", KMP_FAMILIES)):
        library = beside(libc, name)
        if library:
            wanted |= members_of(families, functions(library))
            continue
        print(f"there is no {name}: not compared")
        wanted |= {each for each in exported
                   if any(re.fullmatch(family, each) for family in families)}
    wanted |= NEWER & exported
    missing, extra = sorted(wanted - exported), sorted(exported - wanted)
    if missing:
        print("not interposed:", ", ".join(missing))
    if extra:
        print("exported beyond what is interposed:", ", ".join(extra))
    print(f"{len(wanted & exported)} functions interposed")
    return 1 if missing or extra else 0


if __name__ == "__main__":
    sys.exit(main())
