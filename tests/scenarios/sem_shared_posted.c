/*
 * Like sem_mutex_posted.c, but who posts what another took is another process, that does nothing
 * else with the semaphore: it is no lock, for none of the processes that have it.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "scenario.h"

#include <semaphore.h>
#include <sys/mman.h>

struct shared {
	sem_t s, go;
};

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static struct shared *shared;

static void *one(void *argument)
{
	CHECK(sem_wait(&shared->s) == 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	sem_post(&shared->s);
	stage_reach(1);
	stage_await(2);
	CHECK(sem_wait(&shared->s) == 0);
	sem_post(&shared->go);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	CHECK(sem_wait(&shared->s) == 0);
	sem_post(&shared->s);
	pthread_mutex_unlock(&m);
	stage_reach(2);
	return argument;
}

int main(void)
{
	pid_t child;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	CHECK(shared != MAP_FAILED);
	sem_init(&shared->s, 1, 1);
	sem_init(&shared->go, 1, 0);
	child = fork();
	if (child == 0) {
		pthread_mutex_lock(&m);
		pthread_mutex_unlock(&m);
		CHECK(sem_wait(&shared->go) == 0);
		sem_post(&shared->s);
		exit(0);
	}
	run_two(one, two);
	return reap(child);
}
