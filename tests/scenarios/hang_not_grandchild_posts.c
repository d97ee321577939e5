/*
 * The only thread waits for a semaphore, without a limit and for longer than hang_timeout. It is
 * process-shared, and a grandchild posts it, which inherited the memory, has taken no lock before,
 * and whose parent has ended.
 */
/* EXPECT none */
#include "hang.h"

#include <semaphore.h>
#include <sys/mman.h>

static void post_late(sem_t *go)
{
	nap(3500);
	CHECK(sem_post(go) == 0);
	_exit(0);
}

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
		if (fork() == 0)
			post_late(go);
		_exit(0);
	}
	CHECK(reap(child) == 0);
	CHECK(sem_wait(go) == 0);
	return 0;
}
