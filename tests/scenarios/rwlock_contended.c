/*
 * A writer has to wait for a reader, who gives the lock back only when it sees the writer (bit 1
 * of __data.__readers of glibc's reader-writer locks: a writer holds the lock, or waits for the
 * last reader). Readers beside each other do not wait.
 */
/* EXPECT none */
/* CONTENDED hot >=1 */
/* CONTENDED cold =0 */
#include "scenario.h"

static pthread_rwlock_t hot = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t cold = PTHREAD_RWLOCK_INITIALIZER;

static void *reader(void *argument)
{
	pthread_rwlock_rdlock(&cold);
	pthread_rwlock_rdlock(&hot);
	stage_reach(1);
	while (!(__atomic_load_n(&hot.__data.__readers, __ATOMIC_RELAXED) & 2))
		usleep(1000);
	usleep(1000);
	pthread_rwlock_unlock(&hot);
	pthread_rwlock_unlock(&cold);
	return argument;
}

static void *writer(void *argument)
{
	stage_await(1);
	pthread_rwlock_rdlock(&cold);
	pthread_rwlock_unlock(&cold);
	pthread_rwlock_wrlock(&hot);
	pthread_rwlock_unlock(&hot);
	return argument;
}

int main(void)
{
	run_two(reader, writer);
	return 0;
}
