/*
 * Thread two finds an item under the mutex under which thread one put it there after a, b, and
 * posted. So it has the unit without having to look.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "pair.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t s;
static unsigned items;

static void *one(void *argument)
{
	take_both(&a, &b); /* @first */
	pthread_mutex_lock(&m);
	items++;
	CHECK(sem_post(&s) == 0);
	pthread_mutex_unlock(&m);
	return argument;
}

static bool get(void)
{
	bool found;

	pthread_mutex_lock(&m);
	found = items > 0;
	if (found) {
		items--;
		(void)sem_trywait(&s);
	}
	pthread_mutex_unlock(&m);
	return found;
}

static void *two(void *argument)
{
	while (!get())
		usleep(1000);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 0) == 0);
	run_two(one, two);
	return 0;
}
