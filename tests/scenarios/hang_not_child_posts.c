/*
 * The only thread waits for a semaphore, without a limit and for longer than hang_timeout. The
 * semaphore is process-shared, and another process, which sleeps meanwhile, posts it.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "hang.h"

#include <semaphore.h>
#include <sys/mman.h>

int main(void)
{
	sem_t *go =
		mmap(NULL, sizeof(*go), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t child;

	take_a_lock();
	CHECK(go != MAP_FAILED);
	CHECK(sem_init(go, 1, 0) == 0);
	child = fork();
	if (child == 0) {
		nap(3500);
		CHECK(sem_post(go) == 0);
		exit(0);
	}
	CHECK(sem_wait(go) == 0);
	return reap(child);
}
