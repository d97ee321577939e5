/*
 * Whether the code of an ELF file waits in futexes by itself, so that it may order threads without
 * a call that the recorder sees: C++20's latches, semaphores, barriers and atomic waits are inline,
 * and so are the system calls of runtimes like libgomp's. Asked of the file, not of a run: whether
 * somebody had to sleep is chance.
 *
 * It does if it imports one of the functions through which libraries that are told apart below wait
 * (std::future, GThreadPool, …), or makes the system call. That is found by the code that GCC,
 * Clang and rustc make of it on x86-64: a call of `syscall`, or the instruction, with the call's
 * number in its register (code_flow.h). Calls that only wake are left out. What cannot be told
 * counts as a wait.
 */
#ifndef GORDIAN_OBJECT_WAITS_H
#define GORDIAN_OBJECT_WAITS_H

#include "object_file.h"

enum object_waits {
	OBJECT_WAITS_NOT,
	OBJECT_WAITS,
	OBJECT_WAITS_UNKNOWN, /* there is no such file any more */
};

/* For an object that was opened. */
enum object_waits object_waits(const struct object_file *object);

/*
 * Whether the file is one whose waits in futexes are all behind functions that the recorder knows,
 * or that other modules import: the C library's, C++'s, GLib's, the recorder itself.
 */
bool object_waits_known(const char *path);

#endif
