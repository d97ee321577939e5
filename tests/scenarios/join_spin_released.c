/* The near miss of join_spin.c: main gives the spin lock back first. */
/* EXPECT none */
#include "scenario.h"

static pthread_spinlock_t l;

static void *worker(void *argument)
{
	pthread_spin_lock(&l);
	pthread_spin_unlock(&l);
	return argument;
}

int main(void)
{
	pthread_t thread;

	pthread_spin_init(&l, PTHREAD_PROCESS_PRIVATE);
	thread = start(worker, NULL);
	pthread_spin_lock(&l);
	pthread_spin_unlock(&l);
	pthread_join(thread, NULL);
	return 0;
}
