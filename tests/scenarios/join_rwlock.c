/* main reads under l and joins worker, which writes under it: a writer waits for the reader. */
/* EXPECT join-order feasible hold join take */
#include "scenario.h"

static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;

static void *worker(void *argument)
{
	pthread_rwlock_wrlock(&l); /* @take */
	pthread_rwlock_unlock(&l);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	pthread_rwlock_rdlock(&l);  /* @hold */
	pthread_join(thread, NULL); /* @join */
	pthread_rwlock_unlock(&l);
	return 0;
}
