/*
 * The near miss of sem_overflow.c: the semaphore starts one lower, so that the post just fits.
 */
/* EXPECT none */
#include "scenario.h"

#include <limits.h>
#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t s;

int main(void)
{
	sem_init(&s, 0, SEM_VALUE_MAX - 1);
	pthread_mutex_lock(&m);
	CHECK(sem_post(&s) == 0);
	pthread_mutex_unlock(&m);
	return 0;
}
