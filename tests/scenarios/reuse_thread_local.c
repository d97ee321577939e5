/*
 * Every thread has a thread-local mutex; two threads in turn have theirs at the same address. The
 * worker takes the first one's after `other`, the second thread takes its own before `other`.
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

static __thread pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static uintptr_t place;

static void *first_life(void *argument)
{
	place = (uintptr_t)&m;
	hand_over(&m);
	return argument;
}

static void *second_life(void *argument)
{
	puts((uintptr_t)&m == place ? "same address" : "another address");
	take_outside(&m);
	return argument;
}

int main(void)
{
	pthread_t other_thread = start(worker, NULL);

	finish(start(first_life, NULL));
	finish(start(second_life, NULL));
	finish(other_thread);
	return 0;
}
