/* The near miss of hang_orphan_spin.c: the thread gives the lock back before it ends. */
/* EXPECT none */
#include "hang.h"

static pthread_spinlock_t s;

static void *leaves(void *argument)
{
	pthread_spin_lock(&s);
	pthread_spin_unlock(&s);
	return argument;
}

static void *spins(void *argument)
{
	pthread_spin_lock(&s);
	pthread_spin_unlock(&s);
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(pthread_spin_init(&s, PTHREAD_PROCESS_PRIVATE) == 0);
	finish(start(leaves, NULL));
	thread = start(spins, NULL);
	pthread_join(thread, NULL);
	return 0;
}
