/*
 * A near miss of rwlock_upgrade.c: the reader is another thread, which leaves when it sees the
 * writer (bit 1 of __data.__readers of glibc's reader-writer locks).
 */
/* EXPECT none */
/* CONTENDED lock >=1 */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *reader(void *argument)
{
	pthread_rwlock_rdlock(&lock);
	stage_reach(1);
	while (!(__atomic_load_n(&lock.__data.__readers, __ATOMIC_RELAXED) & 2))
		usleep(1000);
	pthread_rwlock_unlock(&lock);
	return argument;
}

int main(void)
{
	pthread_t thread = start(reader, NULL);

	while (!__atomic_load_n(&stage_reached, __ATOMIC_ACQUIRE))
		usleep(1000);
	pthread_rwlock_wrlock(&lock);
	pthread_rwlock_unlock(&lock);
	finish(thread);
	return 0;
}
