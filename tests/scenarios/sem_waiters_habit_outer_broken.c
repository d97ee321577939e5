/*
 * As sem_waiters_habit_outer, but the mutex is given back before the last one is taken: what those
 * before it were taken inside says nothing of it.
 */
/* EXPECT none */
#include "waiters.h"

enum { LIVES = 2000 };

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;

static void *two(void *argument)
{
	stage_await(1);
	CHECK(sem_wait(answer) == 0);
	pthread_mutex_lock(&outer);
	pthread_mutex_unlock(&outer);
	sem_post(answer);
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
		pthread_mutex_lock(&outer);
		if (i == LIVES - 1)
			pthread_mutex_unlock(&outer);
		CHECK(sem_wait(answer) == 0);
		if (i < LIVES - 1)
			pthread_mutex_unlock(&outer);
		if (i == LIVES - 1)
			break;
		CHECK(sem_post(asked) == 0);
		CHECK(sem_wait(answer) == 0);
		drop_semaphore(answer);
	}
	sem_post(answer);
	stage_reach(1);
	finish(other);
	finish(posts);
	drop_semaphore(answer);
	drop_semaphore(asked);
	return 0;
}
