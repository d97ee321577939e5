/*
 * As blocking_sleep, but no other thread ever takes the lock: nobody waits. (Another thread takes
 * another lock.)
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t n = PTHREAD_MUTEX_INITIALIZER;

static void *other(void *argument)
{
	pthread_mutex_lock(&n);
	pthread_mutex_unlock(&n);
	return argument;
}

int main(void)
{
	pthread_mutex_lock(&m);
	usleep(150000);
	pthread_mutex_unlock(&m);
	finish(start(other, NULL));
	return 0;
}
