/*
 * A semaphore that was named and has no name any more (sem_unlink): nobody can open it. The child
 * waits for it, and the parent for the child.
 */
/* HANGS 1 */
/* EXPECT hang observed await want */
/* PROCESSES 2 */
/* ACQUISITIONS >=0 */
#include "hang.h"

#include <fcntl.h>
#include <semaphore.h>

int main(void)
{
	char name[64];
	sem_t *semaphore;
	pid_t child;

	take_a_lock();
	snprintf(name, sizeof(name), "/gordian-unlinked-%d", (int)getpid());
	semaphore = sem_open(name, O_CREAT | O_EXCL, 0600, 0);
	CHECK(semaphore != SEM_FAILED);
	CHECK(sem_unlink(name) == 0);
	child = fork();
	if (child == 0) {
		sem_wait(semaphore); /* @want */
		exit(0);
	}
	return await_child(child); /* @await */
}
