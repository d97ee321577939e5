/*
 * A process ended while it had a process-shared mutex, which is not robust: it stays locked (POSIX,
 * pthread_mutexattr_setrobust, PTHREAD_MUTEX_STALLED), and the other process waits for ever.
 */
/* HANGS */
/* KILLED */
/* EXPECT hang observed want */
/* PROCESSES 2 */
#include "hang.h"

#include <sys/mman.h>

static pthread_mutex_t *m;

static void make_shared(void)
{
	pthread_mutexattr_t attributes;

	m = mmap(NULL, sizeof(*m), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(m != MAP_FAILED);
	CHECK(pthread_mutexattr_init(&attributes) == 0);
	CHECK(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(m, &attributes) == 0);
}

int main(void)
{
	int status;
	pid_t child;

	make_shared();
	child = fork();
	if (child == 0) {
		pthread_mutex_lock(m);
		_exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(status == 0);
	pthread_mutex_lock(m); /* @want */
	pthread_mutex_unlock(m);
	return 0;
}
