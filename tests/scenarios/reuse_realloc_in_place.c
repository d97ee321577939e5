/*
 * The near miss of reuse_realloc.c: the block is made smaller, but the mutex lies in what remains,
 * and the block stays where it is.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *handed;

/* Takes the lock it is handed in the first turn, under `other`. */
static void *worker(void *argument)
{
	turn_await(1);
	pthread_mutex_lock(&other);
	pthread_mutex_lock(handed); /* @first */
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
	pthread_mutex_lock(&other); /* @second */
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(m);
}

enum { SMALL = 4096, LARGE = 8192, PLACE = 2000 };

int main(void)
{
	pthread_t thread = start(worker, NULL);
	char *block = malloc(LARGE), *smaller;
	pthread_mutex_t *m = (pthread_mutex_t *)(block + PLACE);
	uintptr_t before = (uintptr_t)block;

	CHECK(block);
	*m = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	hand_over(m);
	smaller = realloc(block, SMALL);
	CHECK(smaller && (uintptr_t)smaller == before);
	take_outside((pthread_mutex_t *)(smaller + PLACE));
	free(smaller);
	finish(thread);
	return 0;
}
