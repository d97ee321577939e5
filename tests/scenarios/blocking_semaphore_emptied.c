/*
 * A semaphore that processes share is initialised with 1 and emptied before its use, as PostgreSQL
 * does: then who sleeps waits for a post of another process. That one took it and never gave it
 * back does not make it a lock. The near miss of blocking_semaphore_shared.c.
 */
/* EXPECT none */
/* PROCESSES 1 */
#include "scenario.h"

#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>

int main(void)
{
	sem_t *lock = mmap(NULL, sizeof(*lock), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			   -1, 0);

	CHECK(lock != MAP_FAILED);
	CHECK(sem_init(lock, 1, 1) == 0);
	while (sem_trywait(lock) == 0)
		;
	usleep(150000);
	return 0;
}
