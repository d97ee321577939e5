/* The near miss of hang_condition_outer.c: the waiter gives back the outer lock before it waits. */
/* EXPECT none */
#include "hang.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static bool ready;

static void *waiter(void *argument)
{
	pthread_mutex_lock(&outer);
	meet(2);
	pthread_mutex_unlock(&outer);
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&c, &m);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *signaller(void *argument)
{
	meet(2);
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&m);
	ready = true;
	pthread_cond_signal(&c);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&outer);
	return argument;
}

int main(void)
{
	run_two(waiter, signaller);
	return 0;
}
