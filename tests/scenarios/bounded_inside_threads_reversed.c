/*
 * The true case beside bounded_inside_threads.c: after very many requests of all threads, which
 * left the same records again and again, one lock is taken by the thread that made it with the
 * common one inside, and by another thread inside the common one.
 */
/* EXPECT lock-order feasible forward backward */
#include "scenario.h"

enum { THREADS = 20, REQUESTS = 500 };

static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *last;

static pthread_mutex_t *make(void)
{
	pthread_mutex_t *mutex = malloc(sizeof(*mutex));

	CHECK(mutex && pthread_mutex_init(mutex, NULL) == 0);
	return mutex;
}

static void use(pthread_mutex_t *mutex)
{
	pthread_mutex_lock(mutex);
	pthread_mutex_lock(&table); /* @forward */
	pthread_mutex_unlock(&table);
	pthread_mutex_unlock(mutex);
}

static void drop(pthread_mutex_t *mutex)
{
	CHECK(pthread_mutex_destroy(mutex) == 0);
	free(mutex);
}

static void many(void)
{
	for (int i = 0; i < REQUESTS; i++) {
		pthread_mutex_t *mutex = make();

		use(mutex);
		drop(mutex);
		sched_yield();
	}
}

static void *worker(void *argument)
{
	many();
	return argument;
}

static void *one(void *argument)
{
	many();
	last = make();
	pthread_mutex_lock(last);
	pthread_mutex_unlock(last);
	use(last);
	turn_pass(1);
	turn_await(2);
	drop(last);
	return argument;
}

static void *two(void *argument)
{
	many();
	turn_await(1);
	pthread_mutex_lock(&table);
	pthread_mutex_lock(last); /* @backward */
	pthread_mutex_unlock(last);
	pthread_mutex_unlock(&table);
	turn_pass(2);
	return argument;
}

int main(void)
{
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++)
		threads[i] = start(worker, NULL);
	run_two(one, two);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
