/* The near miss of hang_barrier.c: the third comes, late. */
/* EXPECT none */
#include "hang.h"

static pthread_barrier_t barrier;
static int tid_of_worker;

static void *worker(void *argument)
{
	if (argument)
		tell_tid(argument);
	pthread_barrier_wait(&barrier);
	return NULL;
}

int main(void)
{
	pthread_t first, second;

	take_a_lock();
	CHECK(pthread_barrier_init(&barrier, NULL, 3) == 0);
	first = start(worker, NULL);
	second = start(worker, &tid_of_worker);
	await_asleep(&tid_of_worker);
	nap(200);
	pthread_barrier_wait(&barrier);
	finish(first);
	finish(second);
	CHECK(pthread_barrier_destroy(&barrier) == 0);
	return 0;
}
