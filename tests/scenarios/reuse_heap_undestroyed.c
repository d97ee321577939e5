/*
 * A mutex on the heap is freed without being destroyed, as a statically initialised one may be; the
 * next block of that size is the same memory, with another mutex in it.
 */
/* EXPECT none */
/* OUTPUT same address */
#include "scenario.h"

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *handed;

/* Takes the lock it is handed in the first turn, under `other`. */
static void *worker(void *argument)
{
	turn_await(1);
	pthread_mutex_lock(&other);
	pthread_mutex_lock(handed);
	pthread_mutex_unlock(handed);
	pthread_mutex_unlock(&other);
	turn_pass(2);
	return argument;
}

static void hand_over(pthread_mutex_t *m)
{
	handed = m;
	turn_pass(1);
	turn_await(2);
}

static void take_outside(pthread_mutex_t *m)
{
	pthread_mutex_lock(m);
	pthread_mutex_lock(&other);
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(m);
}

static pthread_mutex_t *make(void)
{
	pthread_mutex_t *m = malloc(sizeof(*m));

	CHECK(m);
	*m = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	return m;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);
	pthread_mutex_t *m = make();
	uintptr_t before = (uintptr_t)m;

	hand_over(m);
	free(m);
	m = make();
	puts((uintptr_t)m == before ? "same address" : "another address");
	take_outside(m);
	free(m);
	finish(thread);
	return 0;
}
