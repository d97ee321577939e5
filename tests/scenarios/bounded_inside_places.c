/*
 * Ten thousand locks, one after the other, inside each of which another is taken at twenty-four
 * places. What they leave does not depend on how many there are: each did what the one before did.
 */
/* EXPECT none */
/* TRACE <=128 */
#include "scenario.h"

enum { LIVES = 5000 };

static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;

static void take(pthread_mutex_t *mutex)
{
	pthread_mutex_lock(mutex);
	pthread_mutex_lock(&table);
	pthread_mutex_unlock(&table);
	pthread_mutex_unlock(mutex);
}

static void life(void)
{
	pthread_mutex_t *mutex = malloc(sizeof(*mutex));

	CHECK(mutex && pthread_mutex_init(mutex, NULL) == 0);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	take(mutex);
	CHECK(pthread_mutex_destroy(mutex) == 0);
	free(mutex);
}

static void *lives(void *argument)
{
	for (int i = 0; i < LIVES; i++)
		life();
	return argument;
}

int main(void)
{
	pthread_t thread = start(lives, NULL);

	lives(NULL);
	pthread_join(thread, NULL);
	return 0;
}
