/* The near miss of try_then_tries.c: it gives up in the end. */
/* EXPECT lock-order discharged try-lock first second */
#include "pair.h"

static void *one(void *argument)
{
	take_both(&b, &a); /* @first */
	stage_reach(1);
	return argument;
}

static int take_if_soon(pthread_mutex_t *lock)
{
	for (int i = 0; i < 10; i++) {
		if (pthread_mutex_trylock(lock) == 0) /* @second */
			return 0;
		usleep(1);
	}
	return EBUSY;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&a);
	if (take_if_soon(&b) == 0)
		pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
