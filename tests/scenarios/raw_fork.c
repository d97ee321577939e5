/*
 * A child made by the system call itself, which runs no fork handlers. It has a copy of everything
 * (fork(2)) and goes on taking locks: it is a process of its own, with its own trace; what parent
 * and child do is no reversed order of anybody's: parent a then b, child b then a, but their
 * mutexes are not shared (POSIX: without PTHREAD_PROCESS_SHARED they are each process's own).
 */
// EXPECT none
// PROCESSES 2
// ACQUISITIONS 2000
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;

static void take(pthread_mutex_t *outer, pthread_mutex_t *inner)
{
	for (int i = 0; i < 500; i++) {
		pthread_mutex_lock(outer);
		pthread_mutex_lock(inner);
		pthread_mutex_unlock(inner);
		pthread_mutex_unlock(outer);
	}
}

int main(void)
{
	pid_t child = (pid_t)syscall(SYS_fork);

	if (child == 0) {
		take(&b, &a);
		syscall(SYS_exit_group, 7);
	}
	take(&a, &b);
	return reap(child) == 7 ? 0 : 1;
}
