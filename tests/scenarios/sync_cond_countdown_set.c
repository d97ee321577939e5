/*
 * As sync_cond_countdown.c, but how many there are main says, before it starts them. That is data,
 * which neither the run nor the file shows; but whoever takes the mutex where another one signals
 * may have done what is looked for, so there is no schedule of what was recorded that leads to a
 * deadlock for certain.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

enum { WORKERS = 3 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t none_left = PTHREAD_COND_INITIALIZER;
static int left;

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

int main(void)
{
	pthread_t workers[WORKERS];

	left = WORKERS;
	for (int i = 0; i < WORKERS; i++)
		workers[i] = start(work, NULL);
	stage_await(WORKERS);
	await_all();
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	for (int i = 0; i < WORKERS; i++)
		finish(workers[i]);
	return 0;
}
