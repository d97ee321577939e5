/*
 * As sem_waiters_inside, but it is the maker of the many itself that takes the last one, and the
 * mutex inside it, at the very places where it did so before; only then it gives it back itself. So
 * this one is a lock, and what was done inside it in this life counts: each thread can have its
 * first.
 * What the many takes were is not understood, so no schedule of it can be shown.
 */
/* EXPECT lock-order potential first first-hold second second-hold */
#include "waiters.h"

enum { LIVES = 2000 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&mutex);   /* @second-hold */
	CHECK(sem_wait(answer) == 0); /* @second */
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
		CHECK(sem_wait(answer) == 0); /* @first-hold */
		pthread_mutex_lock(&mutex);   /* @first */
		pthread_mutex_unlock(&mutex);
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
