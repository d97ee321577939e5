/* main holds a spin lock and joins worker, which spins for it: for ever, when main came first. */
/* EXPECT join-order feasible hold join take */
#include "scenario.h"

static pthread_spinlock_t l;

static void *worker(void *argument)
{
	pthread_spin_lock(&l); /* @take */
	pthread_spin_unlock(&l);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread;

	pthread_spin_init(&l, PTHREAD_PROCESS_PRIVATE);
	thread = start(worker, NULL);
	stage_await(1);
	pthread_spin_lock(&l);	    /* @hold */
	pthread_join(thread, NULL); /* @join */
	pthread_spin_unlock(&l);
	return 0;
}
