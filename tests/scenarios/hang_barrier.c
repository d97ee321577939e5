/*
 * A barrier for three, and only two come: pthread_barrier_wait blocks until the number that was
 * given at its initialisation has come (POSIX), and the main thread, who could be the third, waits
 * for them.
 */
/* HANGS */
/* EXPECT hang observed arrive join */
/* SAYS 2 of 3 have come */
/* ACQUISITIONS >=0 */
#include "hang.h"

static pthread_barrier_t barrier;

static void *worker(void *argument)
{
	pthread_barrier_wait(&barrier); /* @arrive */
	return argument;
}

int main(void)
{
	pthread_t first, second;

	CHECK(pthread_barrier_init(&barrier, NULL, 3) == 0);
	first = start(worker, NULL);
	second = start(worker, NULL);
	pthread_join(first, NULL); /* @join */
	pthread_join(second, NULL);
	return 0;
}
