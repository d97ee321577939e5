/*
 * Twenty thousand threads in turn, each of which tells its creator by a semaphore of its own that
 * it has begun: the trace does not grow.
 */
/* EXPECT none */
/* THREADS 20001 */
/* TRACE <=256 */
#include "semaphore_rounds.h"

static void *work(void *argument)
{
	struct round_of *it = argument;

	nest();
	sem_post(it->begun);
	return NULL;
}

int main(void)
{
	run_rounds(20000, -1, work);
	return 0;
}
