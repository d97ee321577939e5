/*
 * The first of many locks is given back, and those above it are held across a sleep. Who waits for
 * the first does not wait for the sleep; nobody else takes the others.
 */
/* EXPECT none */
#include "scenario.h"

enum { MANY = 24 };

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER, others[MANY];

static void *other(void *argument)
{
	pthread_mutex_lock(&first);
	pthread_mutex_unlock(&first);
	return argument;
}

int main(void)
{
	pthread_mutex_lock(&first);
	for (int i = 0; i < MANY; i++) {
		CHECK(pthread_mutex_init(&others[i], NULL) == 0);
		pthread_mutex_lock(&others[i]);
	}
	pthread_mutex_unlock(&first);
	usleep(150000);
	for (int i = MANY; i-- > 0;)
		pthread_mutex_unlock(&others[i]);
	finish(start(other, NULL));
	return 0;
}
