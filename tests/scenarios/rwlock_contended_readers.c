/*
 * Readers have to wait for a writer, who gives the lock back only when it sees both (from bit 3
 * on, __data.__readers of glibc's reader-writer locks counts readers, those that wait included).
 */
/* EXPECT none */
/* CONTENDED hot >=2 */
#include "scenario.h"

static pthread_rwlock_t hot = PTHREAD_RWLOCK_INITIALIZER;

static void *reader(void *argument)
{
	stage_await(1);
	pthread_rwlock_rdlock(&hot);
	pthread_rwlock_unlock(&hot);
	return argument;
}

static void *writer(void *argument)
{
	pthread_rwlock_wrlock(&hot);
	stage_reach(1);
	while (__atomic_load_n(&hot.__data.__readers, __ATOMIC_RELAXED) >> 3 < 2)
		usleep(1000);
	pthread_rwlock_unlock(&hot);
	return argument;
}

int main(void)
{
	pthread_t third = start(reader, NULL);

	run_two(reader, writer);
	finish(third);
	return 0;
}
