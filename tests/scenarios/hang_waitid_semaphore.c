/*
 * A child waits for a semaphore in memory that it shares with its parent, and the parent for a
 * child, any (waitid): nobody is left to post.
 */
/* HANGS 1 */
/* EXPECT hang observed await want */
/* PROCESSES 2 */
#include "hang.h"

#include <semaphore.h>
#include <sys/mman.h>

int main(void)
{
	sem_t *semaphore;
	siginfo_t info;

	take_a_lock();
	semaphore = mmap(NULL, sizeof(*semaphore), PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(semaphore != MAP_FAILED);
	CHECK(sem_init(semaphore, 1, 0) == 0);
	if (fork() == 0) {
		take_a_lock();
		sem_wait(semaphore); /* @want */
		exit(0);
	}
	waitid(P_ALL, 0, &info, WEXITED); /* @await */
	return 0;
}
