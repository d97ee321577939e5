/* The near miss of annotated_try.c: the attempt fails, so nothing was ever taken under b. */
/* EXPECT none */
/* ACQUISITIONS 4 */
#include "annotated.h"

static struct own_lock a, b;

static void *one(void *argument)
{
	own_lock(&a);
	own_lock(&b);
	own_unlock(&b);
	own_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(!own_trylock(&a));
	own_lock(&b);
	CHECK(!own_trylock(&a));
	own_unlock(&b);
	return argument;
}

int main(void)
{
	pthread_t first = start(one, NULL);

	stage_await(1);
	own_lock(&a);
	finish(start(two, NULL));
	own_unlock(&a);
	finish(first);
	return 0;
}
