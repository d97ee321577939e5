/*
 * As sync_cond_countdown.c, but main waits, and each worker signals whether it is the last or not.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "scenario.h"

enum { WORKERS = 3 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t none_left = PTHREAD_COND_INITIALIZER;
static int left = WORKERS;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static int waiter;

static void *work(void *argument)
{
	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	pthread_mutex_lock(&m);
	left--;
	pthread_cond_signal(&none_left);
	pthread_mutex_unlock(&m);
	stage_advance();
	return argument;
}

static void await_all(void)
{
	pthread_mutex_lock(&m);
	while (left > 0)
		pthread_cond_wait(&none_left, &m);
	pthread_mutex_unlock(&m);
}

int main(void)
{
	pthread_t workers[WORKERS];

	for (int i = 0; i < WORKERS; i++)
		workers[i] = start(work, NULL);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	await_all();
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	for (int i = 0; i < WORKERS; i++)
		finish(workers[i]);
	return 0;
}
