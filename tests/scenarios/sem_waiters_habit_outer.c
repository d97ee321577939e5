/*
 * As sem_waiters_habit, the other way round: the maker takes each of the many inside a mutex, as
 * CPython does for a wait of a condition, and so it takes the last one, which it then gives back
 * itself. Another thread takes the mutex inside that one: each can have its first.
 * What the many takes were is not understood, so no schedule of it can be shown.
 */
/* EXPECT lock-order potential first first-hold second second-hold */
#include "waiters.h"

enum { LIVES = 2000 };

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;

static void *two(void *argument)
{
	stage_await(1);
	CHECK(sem_wait(answer) == 0); /* @second-hold */
	pthread_mutex_lock(&outer);   /* @second */
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
		pthread_mutex_lock(&outer);   /* @first-hold */
		CHECK(sem_wait(answer) == 0); /* @first */
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
