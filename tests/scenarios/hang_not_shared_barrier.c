/*
 * A process waits at a barrier that it shares with a child, without a limit and for longer than
 * hang_timeout. The child comes late: threads of any process that can access the memory may wait
 * there (POSIX, pthread_barrierattr_setpshared).
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "file_scenario.h"
#include "hang.h"

int main(void)
{
	pthread_barrier_t *barrier = mmap(NULL, sizeof(*barrier), PROT_READ | PROT_WRITE,
					  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_barrierattr_t shared;
	pid_t child;

	CHECK(barrier != MAP_FAILED);
	CHECK(pthread_barrierattr_init(&shared) == 0);
	CHECK(pthread_barrierattr_setpshared(&shared, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_barrier_init(barrier, &shared, 2) == 0);
	child = fork();
	take_a_lock();
	if (child == 0)
		nap(3500);
	pthread_barrier_wait(barrier);
	if (child == 0)
		_exit(0);
	return reap(child);
}
