/*
 * The near miss of hang_unlinked_semaphore.c: the semaphore still has its name, and a process that
 * has not inherited it opens and posts it, after longer than hang_timeout.
 */
/* EXPECT none */
/* ACQUISITIONS >=0 */
#include "hang.h"

#include <fcntl.h>
#include <semaphore.h>

static void post_late(const char *name)
{
	sem_t *semaphore;

	nap(3500);
	semaphore = sem_open(name, 0);
	CHECK(semaphore != SEM_FAILED);
	CHECK(sem_post(semaphore) == 0);
	_exit(0);
}

/* Its parent is gone at once. */
static void leave_alone(const char *name)
{
	pid_t child = fork();

	if (child == 0) {
		if (fork() == 0)
			post_late(name);
		_exit(0);
	}
	CHECK(reap(child) == 0);
}

int main(void)
{
	char name[64];
	sem_t *semaphore;
	pid_t child;

	take_a_lock();
	snprintf(name, sizeof(name), "/gordian-named-%d", (int)getpid());
	leave_alone(name);
	semaphore = sem_open(name, O_CREAT | O_EXCL, 0600, 0);
	CHECK(semaphore != SEM_FAILED);
	child = fork();
	if (child == 0) {
		CHECK(sem_wait(semaphore) == 0);
		exit(0);
	}
	CHECK(reap(child) == 0);
	CHECK(sem_unlink(name) == 0);
	return 0;
}
