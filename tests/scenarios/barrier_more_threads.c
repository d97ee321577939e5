/*
 * Four threads share a barrier for two, and never know with whom they meet. POSIX does not say that
 * the same threads must come, nor that no more may come than it was made for: whoever is too many
 * waits for the next round. With an even number of visits each finds a partner.
 */
/* EXPECT none */
/* OUTPUT 40 */
#include "scenario.h"

static pthread_barrier_t barrier;
static int rounds;

static void *meet(void *argument)
{
	/* As many visits as the others together would be too many at the end: a fixed sum is not.
	 */
	static int visits = 80;

	while (__atomic_sub_fetch(&visits, 1, __ATOMIC_RELAXED) >= 0) {
		if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
			__atomic_add_fetch(&rounds, 1, __ATOMIC_RELAXED);
	}
	return argument;
}

int main(void)
{
	pthread_t third, fourth;

	CHECK(pthread_barrier_init(&barrier, NULL, 2) == 0);
	third = start(meet, NULL);
	fourth = start(meet, NULL);
	run_two(meet, meet);
	finish(third);
	finish(fourth);
	CHECK(pthread_barrier_destroy(&barrier) == 0);
	printf("%d\n", rounds);
	return 0;
}
