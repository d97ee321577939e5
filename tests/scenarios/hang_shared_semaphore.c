/*
 * Like hang_not_file_posts.c, but the memory is anonymous: only who has inherited it can post the
 * semaphore, and the one child that has ends without.
 */
/* HANGS */
/* EXPECT hang observed wait */
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
	if (child == 0)
		_exit(0);
	CHECK(reap(child) == 0);
	CHECK(sem_wait(go) == 0); /* @wait */
	return 0;
}
