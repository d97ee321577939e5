/*
 * What a condition wait gives back is not held during the wait. The waiter waits with m; while it
 * waits, its thread holds nothing; another thread takes x and then m in peace. After the wait, the
 * waiter gives m back and takes x alone. If the tool took m for held beyond its unlock, or lost
 * the re-acquisition, it would see m before x.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready;

static void *one(void *argument)
{
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	pthread_mutex_lock(&x);
	pthread_mutex_unlock(&x);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&m);
	ready = 1;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&x);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
