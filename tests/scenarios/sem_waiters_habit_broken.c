/*
 * As sem_waiters_habit, but the last one, the lock, is given back before the mutex is taken: what
 * was done inside the many before it, at the same places, was done in lives that are over.
 */
/* EXPECT none */
#include "waiters.h"

enum { LIVES = 2000 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&mutex);
	CHECK(sem_wait(answer) == 0);
	sem_post(answer);
	pthread_mutex_unlock(&mutex);
	return argument;
}

int main(void)
{
	int others = LIVES - 1;
	pthread_t posts, other;

	asked = make_ordering();
	posts = start(answer_all, &others);
	other = start(two, NULL);
	for (int i = 0; i < LIVES; i++) {
		answer = make_semaphore();
		CHECK(sem_wait(answer) == 0);
		if (i == LIVES - 1)
			sem_post(answer);
		pthread_mutex_lock(&mutex);
		pthread_mutex_unlock(&mutex);
		if (i == LIVES - 1)
			break;
		CHECK(sem_post(asked) == 0);
		CHECK(sem_wait(answer) == 0);
		drop_semaphore(answer);
	}
	stage_reach(1);
	finish(other);
	finish(posts);
	drop_semaphore(answer);
	drop_semaphore(asked);
	return 0;
}
