/*
 * Eight threads want one lock that is held long enough for all of them to pile up (as in
 * contended.c, but the lock is given back when all have said that they are about to take it, and
 * the first waiter shows). Seven or so of them have to wait, one at least.
 */
/* EXPECT none */
/* CONTENDED hot >=1 */
/* THREADS 9 */
/* ACQUISITIONS 809 */
#include "scenario.h"

static pthread_mutex_t hot = PTHREAD_MUTEX_INITIALIZER;

enum { THREADS = 8, ROUNDS = 100 };

static long total;

static void *work(void *argument)
{
	stage_advance();
	for (int i = 0; i <= ROUNDS; i++) {
		pthread_mutex_lock(&hot);
		total++;
		pthread_mutex_unlock(&hot);
	}
	return argument;
}

int main(void)
{
	pthread_t threads[THREADS];

	pthread_mutex_lock(&hot);
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(work, NULL);
	stage_await(THREADS);
	while (__atomic_load_n(&hot.__data.__lock, __ATOMIC_RELAXED) != 2)
		usleep(1000);
	pthread_mutex_unlock(&hot);
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
	CHECK(total == THREADS * (ROUNDS + 1));
	return 0;
}
