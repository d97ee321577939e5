/*
 * A condition wait gives back its own mutex, and keeps the outer lock, which the one who would
 * signal takes first. Nobody else signals, so nobody goes on.
 */
/* HANGS */
/* EXPECT hang observed outer wait want */
#include "hang.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static bool ready;

static void *waiter(void *argument)
{
	pthread_mutex_lock(&outer); /* @outer */
	meet(2);
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&c, &m); /* @wait */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&outer);
	return argument;
}

static void *signaller(void *argument)
{
	meet(2);
	pthread_mutex_lock(&outer); /* @want */
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
