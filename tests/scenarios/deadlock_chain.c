/*
 * The near miss of deadlock_three.c: three threads wait in a chain, each for the next one, but the
 * last of them waits for nobody. It is asleep for a while, and then lets the others go.
 */
/* EXPECT none */
#include "hang.h"

static pthread_mutex_t mutexes[3] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER,
				     PTHREAD_MUTEX_INITIALIZER};
static int tids[2];

static void *waits(void *argument)
{
	pthread_mutex_t *own = argument;

	pthread_mutex_lock(own);
	meet(3);
	tell_tid(&tids[own - mutexes]);
	pthread_mutex_lock(own + 1);
	pthread_mutex_unlock(own + 1);
	pthread_mutex_unlock(own);
	return NULL;
}

static void *goes_on(void *argument)
{
	pthread_mutex_lock(&mutexes[2]);
	meet(3);
	await_asleep(&tids[0]);
	await_asleep(&tids[1]);
	nap(300);
	pthread_mutex_unlock(&mutexes[2]);
	return argument;
}

int main(void)
{
	pthread_t first = start(waits, &mutexes[0]);
	pthread_t second = start(waits, &mutexes[1]);

	finish(start(goes_on, NULL));
	finish(second);
	finish(first);
	return 0;
}
