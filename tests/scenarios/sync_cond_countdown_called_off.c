/*
 * A near miss of sync_cond_countdown.c: another thread, which waits for less, sets left to 0, and
 * main goes on before all have counted, if that one is quick.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

enum { WORKERS = 3 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t none_left = PTHREAD_COND_INITIALIZER;
static int left = WORKERS;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	pthread_mutex_lock(&m);
	if (--left == 0)
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

/* Sees that one has counted, and calls the others off. */
static void *call_off(void *argument)
{
	pthread_mutex_lock(&m);
	while (left == WORKERS)
		pthread_cond_wait(&none_left, &m);
	left = 0;
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t workers[WORKERS], other;

	for (int i = 0; i < WORKERS; i++)
		workers[i] = start(work, NULL);
	stage_await(WORKERS);
	other = start(call_off, NULL);
	finish(other);
	await_all();
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	for (int i = 0; i < WORKERS; i++)
		finish(workers[i]);
	return 0;
}
