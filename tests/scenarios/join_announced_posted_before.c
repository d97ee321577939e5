/*
 * A near miss of join_announced_posted.c: the worker has all its news when it takes the lock for
 * the first time, and none when it comes again. Held up, it comes for the lock when main has it,
 * has found the news, and waits for its end.
 *
 * Potential: the worker signals, and whether main acts upon what it then finds is not recorded.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"
#include <semaphore.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static sem_t begun;
static int news;
static volatile int turns = 2;

static __attribute__((noinline)) void tell(int count)
{
	pthread_mutex_lock(&lock); /* @taken */
	for (int i = 0; i < count; i++) {
		news++;
		pthread_cond_signal(&changed);
	}
	pthread_mutex_unlock(&lock);
}

static void *work(void *unused)
{
	for (int turn = 0; turn < turns; turn++) {
		tell(turn == 0 ? 2 : 0);
		sem_post(&begun);
	}
	stage_reach(1);
	return unused;
}

int main(void)
{
	CHECK(sem_init(&begun, 0, 0) == 0);
	pthread_t worker = start(work, NULL);

	stage_await(1);
	pthread_mutex_lock(&lock);
	while (news < 2)
		pthread_cond_wait(&changed, &lock);
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
	sem_destroy(&begun);
	return 0;
}
