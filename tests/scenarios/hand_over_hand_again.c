/*
 * One place takes a and b, sometimes with the gate around them, which it then lets go first. What
 * stays held then is what an ungated run of the same code takes by itself: that is a situation of
 * its own, also when it was held before and never asked for. The other thread, started between two
 * rounds, takes them the other way round under the gate. Only the last round can meet it, and that
 * one has no gate: one waits for b, the other, which has it, for a.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 13 */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static __attribute__((noinline)) void take(volatile bool gated)
{
	if (gated)
		pthread_mutex_lock(&gate);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	if (gated)
		pthread_mutex_unlock(&gate);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void *other(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&gate);
	return argument;
}

/* In a loop, so that all rounds are made from the same place; for the same reason `gated` is
 * volatile. */
int main(void)
{
	pthread_t thread = 0;

	for (volatile int round = 0; round < 4; round++) {
		if (round == 2)
			thread = start(other, NULL);
		take(round % 2 == 0);
	}
	stage_reach(1);
	finish(thread);
	return 0;
}
