/*
 * Like join_rwlock_read.c, with a lock that lets writers first, and a writer. The writer waits for
 * main, worker's read waits behind the writer, main waits for worker.
 */
/* EXPECT join-order feasible hold join take write */
#include "scenario.h"

static pthread_rwlock_t l = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

static void *worker(void *argument)
{
	pthread_rwlock_rdlock(&l); /* @take */
	pthread_rwlock_unlock(&l);
	stage_reach(1);
	return argument;
}

static void *writer(void *argument)
{
	stage_await(1);
	pthread_rwlock_wrlock(&l); /* @write */
	pthread_rwlock_unlock(&l);
	stage_reach(2);
	return argument;
}

int main(void)
{
	pthread_t one = start(worker, NULL), two = start(writer, NULL);

	stage_await(2);
	pthread_rwlock_rdlock(&l); /* @hold */
	pthread_join(one, NULL);   /* @join */
	pthread_rwlock_unlock(&l);
	finish(two);
	return 0;
}
