/* Tries b some times at most, and then waits for it, with a held: here it got it the first time. */
/* EXPECT lock-order feasible first second */
#include "pair.h"

static void *one(void *argument)
{
	take_both(&b, &a); /* @first */
	stage_reach(1);
	return argument;
}

static void take_in_the_end(pthread_mutex_t *lock)
{
	for (int i = 0; i < 10; i++) {
		if (pthread_mutex_trylock(lock) == 0) /* @second */
			return;
		usleep(1);
	}
	pthread_mutex_lock(lock);
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&a);
	take_in_the_end(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
