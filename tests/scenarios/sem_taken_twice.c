/*
 * A semaphore in shared memory: the child posts what the parent takes, so the parent's second
 * sem_wait returns although it never posted. That alone shows that it is no lock, also to who sees
 * only the parent.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "scenario.h"

#include <semaphore.h>

#include <sys/mman.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t *s;

static void *one(void *argument)
{
	for (int i = 0; i < 2; i++) {
		CHECK(sem_wait(s) == 0);
		pthread_mutex_lock(&m);
		pthread_mutex_unlock(&m);
	}
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	CHECK(sem_wait(s) == 0);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pid_t child;

	s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(s != MAP_FAILED);
	sem_init(s, 1, 1);
	child = fork();
	if (child == 0) {
		pthread_mutex_lock(&m);
		pthread_mutex_unlock(&m);
		sem_post(s);
		sem_post(s);
		exit(0);
	}
	run_two(one, two);
	return reap(child);
}
