/*
 * Ten thousand rounds of two threads of different kinds, and ten thousand of three readers and a
 * writer, joined before the next round. Between two of them main takes locks inside each other.
 * Whatever is at the same time as one of the threads is at the same time as its like in an earlier
 * round.
 */
/* EXPECT none */
/* THREADS 60001 */
/* TRACE <=256 */
#include "together.h"

static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;

static void *run_ab(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return end(argument);
}

static void *read_table(void *argument)
{
	pthread_rwlock_rdlock(&table);
	run_c(NULL);
	pthread_rwlock_unlock(&table);
	return argument;
}

static void *write_table(void *argument)
{
	pthread_rwlock_wrlock(&table);
	run_ab(NULL);
	pthread_rwlock_unlock(&table);
	return argument;
}

int main(void)
{
	for (int i = 0; i < 10000; i++) {
		pthread_t threads[4];

		run_together(run_ab, run_c, NULL);
		for (int j = 0; j < 4; j++)
			threads[j] = start(j == 2 ? write_table : read_table, NULL);
		for (int j = 4; j-- > 0;)
			finish(threads[j]);
	}
	return 0;
}
