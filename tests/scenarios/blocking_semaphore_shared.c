/*
 * A semaphore that processes share, as a lock, held across a sleep.
 */
/* EXPECT blocking-under-lock misuse call held */
/* PROCESSES 2 */
#include "scenario.h"

#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>

int main(void)
{
	sem_t *lock = mmap(NULL, sizeof(*lock), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			   -1, 0);
	pid_t child;
	int status;

	CHECK(lock != MAP_FAILED);
	CHECK(sem_init(lock, 1, 1) == 0);
	CHECK(sem_wait(lock) == 0); /* @held */
	usleep(150000);		    /* @call */
	CHECK(sem_post(lock) == 0);
	child = fork();
	if (child == 0) {
		CHECK(sem_wait(lock) == 0);
		CHECK(sem_post(lock) == 0);
		_exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	return 0;
}
