/*
 * The near miss of deadlock_join_ring.c: three threads, each of which joins the next one, except
 * for the last. It works for a while, and ends.
 */
/* EXPECT none */
#include "hang.h"

static pthread_t threads[3];

static void *joins(void *argument)
{
	pthread_t *next = argument;

	meet(4);
	if (next)
		finish(*next);
	else
		nap(300);
	return NULL;
}

int main(void)
{
	take_a_lock();
	for (int i = 0; i < 3; i++)
		threads[i] = start(joins, i < 2 ? &threads[i + 1] : NULL);
	meet(4);
	finish(threads[0]);
	return 0;
}
