/*
 * A block with a mutex at its end is made smaller in place, so that the mutex goes, and made larger
 * again with another mutex at that address.
 */
/* EXPECT none */
/* OUTPUT same address */
#include "scenario.h"

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *handed;

/* Takes the lock it is handed in the first turn, under `other`. */
static void *worker(void *argument)
{
	turn_await(1);
	pthread_mutex_lock(&other);
	pthread_mutex_lock(handed);
	pthread_mutex_unlock(handed);
	pthread_mutex_unlock(&other);
	turn_pass(2);
	return argument;
}

static void hand_over(pthread_mutex_t *m)
{
	handed = m;
	turn_pass(1);
	turn_await(2);
}

static void take_outside(pthread_mutex_t *m)
{
	pthread_mutex_lock(m);
	pthread_mutex_lock(&other);
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(m);
}

enum { SMALL = 4096, LARGE = 8192, PLACE = 6000 };

static pthread_mutex_t *make(char *block)
{
	pthread_mutex_t *m = (pthread_mutex_t *)(block + PLACE);

	*m = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	return m;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);
	char *block = malloc(LARGE);
	uintptr_t before = (uintptr_t)block;

	CHECK(block);
	hand_over(make(block));
	block = realloc(block, SMALL);
	CHECK(block && (uintptr_t)block == before);
	block = realloc(block, LARGE);
	CHECK(block);
	puts((uintptr_t)block == before ? "same address" : "another address");
	take_outside(make(block));
	free(block);
	finish(thread);
	return 0;
}
