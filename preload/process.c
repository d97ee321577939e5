/*
 * Ends and successors of a process image: exit, exec, spawn. fork is seen through pthread_atfork
 * (recorder.c), which also sees the forks inside the C library; _Fork and clone run no handlers, so
 * they are here.
 *
 * A child of vfork (vfork.c) runs in the parent's memory until it execs or exits, and own_process()
 * in recorder.c keeps it from ending the parent's trace.
 *
 * An exec with an environment that lost LD_PRELOAD (a daemon that cleans up) gets it back, so that
 * every process is recorded; children=0 turns that off.
 */
#include "options.h"
#include "recorder.h"
#include "successor.h"

#include <alloca.h>
#include <errno.h>
#include <sched.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ENVIRONMENT_MAX = 8192 };

static const char *find_variable(char *const *list, const char *name)
{
	size_t length = strlen(name);

	for (; list && *list; list++) {
		if (!strncmp(*list, name, length) && (*list)[length] == '=')
			return *list + length + 1;
	}
	return NULL;
}

static size_t count_strings(char *const *list)
{
	size_t count = 0;

	while (list && list[count])
		count++;
	return count;
}

/* The recorder's options as the environment is to have them; NULL: it has them, or there are none.
 */
static const char *lacking_options(char *const *given)
{
	return find_variable(given, GORDIAN_OPTIONS_VARIABLE) ? NULL
							      : getenv(GORDIAN_OPTIONS_VARIABLE);
}

/* The room that variables to add need; 0: the environment is fine as it is. */
static size_t lacking(char *const *given)
{
	const char *library = recorder_library(), *preload = find_variable(given, "LD_PRELOAD");
	const char *own = lacking_options(given);
	size_t room = 64;

	if (!library || !options.children || recorder_state == RECORDER_OFF ||
	    (preload && strstr(preload, library)))
		return 0;
	room += strlen(library) + (preload ? strlen(preload) : 0) + (own ? strlen(own) : 0);
	return room < ENVIRONMENT_MAX ? room : 0;
}

/* Makes them in `text`: at most two. */
static unsigned missing(char *const *given, char *text, char *extra[2])
{
	const char *preload = find_variable(given, "LD_PRELOAD"), *own = lacking_options(given);

	extra[0] = text;
	text = stpcpy(stpcpy(text, "LD_PRELOAD="), recorder_library());
	if (preload && *preload)
		text = stpcpy(stpcpy(text, ":"), preload);
	if (!own)
		return 1;
	extra[1] = ++text;
	stpcpy(stpcpy(text, GORDIAN_OPTIONS_VARIABLE "="), own);
	return 2;
}

/* Runs `call` with `use` as the environment. On the stack, as this may be a vfork child; and no
 * more of it than is needed, as that may be 16 KiB. */
#define WITH_ENVIRONMENT(given_, call) \
	do { \
		size_t room = lacking(given_); \
		size_t count = room ? count_strings(given_) : 0; \
		char *const *use = (given_); \
		if (room && count < ENVIRONMENT_MAX) { \
			char **list = alloca((count + 3) * sizeof(*list)), *extra[2]; \
			unsigned extras = missing(given_, alloca(room), extra); \
			size_t used = 0; \
			for (size_t i = 0; i < count; i++) { \
				if (strncmp((given_)[i], "LD_PRELOAD=", 11)) \
					list[used++] = (given_)[i]; \
			} \
			for (unsigned i = 0; i < extras; i++) \
				list[used++] = extra[i]; \
			list[used] = NULL; \
			use = list; \
		} \
		call; \
	} while (0)

#define EXEC(path_, given_, call) \
	do { \
		struct trace_exec *record = recorder_exec(path_); \
		int result; \
		/* Our own image's successor is missed by its pid; a child's would be missed by \
		 * nobody. */ \
		if (!record) \
			successor_check(path_); \
		WITH_ENVIRONMENT(given_, result = call); \
		recorder_exec_failed(record); \
		return result; \
	} while (0)

INTERPOSE(execve)
int execve(const char *path, char *const argv[], char *const envp[])
{
	EXEC(path, envp, REAL(execve)(path, argv, use));
}

INTERPOSE(execvpe)
int execvpe(const char *file, char *const argv[], char *const envp[])
{
	EXEC(file, envp, REAL(execvpe)(file, argv, use));
}

INTERPOSE(fexecve)
int fexecve(int fd, char *const argv[], char *const envp[])
{
	EXEC(NULL, envp, REAL(fexecve)(fd, argv, use));
}

/* glibc's own execv and its kin do not pass through the exported execve, so they are built on it
 * here. */
EXPORT(execv)
int execv(const char *path, char *const argv[])
{
	return execve(path, argv, environ);
}

EXPORT(execvp)
int execvp(const char *file, char *const argv[])
{
	return execvpe(file, argv, environ);
}

/* The arguments of an execl call as an array; *envp gets what follows the NULL when it is wanted.
 */
#define COLLECT(first, envp_statement) \
	va_list list; \
	size_t count = 1; \
	char **argv; \
	va_start(list, first); \
	while (va_arg(list, char *)) \
		count++; \
	va_end(list); \
	argv = alloca((count + 1) * sizeof(*argv)); \
	argv[0] = (char *)(uintptr_t)(first); \
	va_start(list, first); \
	for (size_t i = 1; i <= count; i++) \
		argv[i] = va_arg(list, char *); \
	envp_statement; \
	va_end(list)

EXPORT(execl)
int execl(const char *path, const char *argument, ...)
{
	COLLECT(argument, (void)0);
	return execve(path, argv, environ);
}

EXPORT(execlp)
int execlp(const char *file, const char *argument, ...)
{
	COLLECT(argument, (void)0);
	return execvpe(file, argv, environ);
}

EXPORT(execle)
int execle(const char *path, const char *argument, ...)
{
	char *const *envp;

	COLLECT(argument, envp = va_arg(list, char *const *));
	return execve(path, argv, envp);
}

INTERPOSE(posix_spawn)
int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
		const posix_spawnattr_t *attributes, char *const argv[], char *const envp[])
{
	successor_check(path);
	recorder_starts_other();
	WITH_ENVIRONMENT(envp, return REAL(posix_spawn)(pid, path, actions, attributes, argv, use));
}

INTERPOSE(posix_spawnp)
int posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions,
		 const posix_spawnattr_t *attributes, char *const argv[], char *const envp[])
{
	successor_check(file);
	recorder_starts_other();
	WITH_ENVIRONMENT(envp,
			 return REAL(posix_spawnp)(pid, file, actions, attributes, argv, use));
}

INTERPOSE(_exit)
void _exit(int status)
{
	recorder_end(TRACE_END_quick_exit, status);
	REAL(_exit)(status);
	__builtin_unreachable();
}

INTERPOSE(_Exit)
void _Exit(int status)
{
	recorder_end(TRACE_END_quick_exit, status);
	REAL(_Exit)(status);
	__builtin_unreachable();
}

static int quick_exit_status;

static void at_quick_exit_last(void)
{
	recorder_end(TRACE_END_quick_exit, quick_exit_status);
}

/* Handlers of quick_exit run last to first: ours was the first, so it is the last. */
static __attribute__((constructor)) void watch_quick_exit(void)
{
	at_quick_exit(at_quick_exit_last);
}

INTERPOSE(quick_exit)
void quick_exit(int status)
{
	quick_exit_status = status;
	REAL(quick_exit)(status);
	__builtin_unreachable();
}

INTERPOSE(_Fork)
pid_t _Fork(void)
{
	pid_t pid;

	recorder_before_fork();
	pid = REAL(_Fork)();
	recorder_after_fork(pid == 0);
	return pid;
}

/* What the child of a clone is to do. */
struct cloned {
	int (*function)(void *argument);
	void *argument;
};

/* On a stack of its own, from which it may jump to the parent's. */
static int begin_cloned(void *start)
{
	const struct cloned cloned = *(const struct cloned *)start;
	int result;

	recorder_after_fork(true);
	result = cloned.function(cloned.argument);
	recorder_end_thread(result);
	return result;
}

/* A fork that runs no handlers, but where the child shares the memory. */
INTERPOSE(clone)
int clone(int (*function)(void *argument), void *stack, int flags, void *argument, ...)
{
	struct cloned cloned = {function, argument};
	const bool copies = function && stack && !(flags & CLONE_VM);
	void *parent, *tls, *child;
	va_list rest;
	int result;

	/* Those that are not given are not looked at. */
	va_start(rest, argument);
	parent = va_arg(rest, void *);
	tls = va_arg(rest, void *);
	child = va_arg(rest, void *);
	va_end(rest);
	if (!copies)
		return REAL(clone)(function, stack, flags, argument, parent, tls, child);
	recorder_before_fork();
	result = REAL(clone)(begin_cloned, stack, flags, &cloned, parent, tls, child);
	recorder_after_fork(false);
	return result;
}

/* What pthread_atfork, which is linked into each program and library, calls. */
int __register_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void),
		      void *module);

INTERPOSE(__register_atfork)
int __register_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void),
		      void *module)
{
	watch_forks();
	return REAL(__register_atfork)(prepare, parent, child, module);
}

void watch_forks(void)
{
	recorder_watch_forks(&REAL(__register_atfork));
}
