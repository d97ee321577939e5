/* The near miss of hang_owner_died.c: the mutex is robust (POSIX, EOWNERDEAD). */
/* EXPECT none */
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
	CHECK(pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST) == 0);
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
		raise(SIGKILL);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFSIGNALED(status));
	CHECK(pthread_mutex_lock(m) == EOWNERDEAD);
	CHECK(pthread_mutex_consistent(m) == 0);
	pthread_mutex_unlock(m);
	return 0;
}
