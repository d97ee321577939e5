/*
 * Parent and child share a named semaphore that was made with 1: the parent takes it, the child
 * posts it, ten times. In the child another thread also takes the mutex and then waits for the
 * semaphore, and the parent takes them the other way round: no lock, no inversion.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "scenario.h"

#include <semaphore.h>

#include <fcntl.h>

static sem_t *turn, *back;

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static sem_t *make(const char *what, unsigned value)
{
	char name[64];
	sem_t *made;

	snprintf(name, sizeof(name), "/gordian-%s-%d", what, getpid());
	made = sem_open(name, O_CREAT | O_EXCL, 0600, value);
	CHECK(made != SEM_FAILED);
	CHECK(sem_unlink(name) == 0);
	return made;
}

static void child(void)
{
	for (int i = 0; i < 10; i++) {
		pthread_mutex_lock(&m);
		CHECK(sem_wait(back) == 0);
		pthread_mutex_unlock(&m);
		sem_post(turn);
	}
	exit(0);
}

int main(void)
{
	pid_t pid;

	turn = make("turn", 1);
	back = make("back", 0);
	pid = fork();
	if (pid == 0)
		child();
	for (int i = 0; i < 10; i++) {
		CHECK(sem_wait(turn) == 0);
		pthread_mutex_lock(&m);
		sem_post(back);
		pthread_mutex_unlock(&m);
	}
	return reap(pid);
}
