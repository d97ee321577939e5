/*
 * The near miss of join_rwlock.c: worker only reads, too. Readers do not wait for readers, and this
 * kind of lock (PTHREAD_RWLOCK_PREFER_READER_NP, the default) lets them pass writers.
 */
/* EXPECT join-order discharged read-shared hold join take */
#include "scenario.h"

static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;

static void *worker(void *argument)
{
	pthread_rwlock_rdlock(&l); /* @take */
	pthread_rwlock_unlock(&l);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	pthread_rwlock_rdlock(&l);  /* @hold */
	pthread_join(thread, NULL); /* @join */
	pthread_rwlock_unlock(&l);
	return 0;
}
