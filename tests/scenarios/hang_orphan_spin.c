/*
 * A thread has ended with a spin lock held, and another spins for it for ever, which uses a
 * processor but goes nowhere. The main thread waits for that one.
 */
/* HANGS 1 */
/* EXPECT hang observed want join */
/* EXPECT exit-holding misuse cause */
#include "hang.h"

static pthread_spinlock_t s;

static void *leaves(void *argument)
{
	pthread_spin_lock(&s); /* @cause */
	if (!argument)
		return NULL;
	pthread_spin_unlock(&s);
	return argument;
}

static void *spins(void *argument)
{
	pthread_spin_lock(&s); /* @want */
	pthread_spin_unlock(&s);
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(pthread_spin_init(&s, PTHREAD_PROCESS_PRIVATE) == 0);
	finish(start(leaves, NULL));
	thread = start(spins, NULL);
	pthread_join(thread, NULL); /* @join */
	return 0;
}
