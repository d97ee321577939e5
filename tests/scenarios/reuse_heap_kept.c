/*
 * The near miss of reuse_heap_undestroyed.c: the block before it is freed and made again. The mutex
 * itself lives on.
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

static pthread_mutex_t *make(void)
{
	pthread_mutex_t *m = malloc(sizeof(*m));

	CHECK(m);
	*m = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	return m;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);
	pthread_mutex_t *before = make(), *m = make(), *after = make();

	hand_over(m);
	free(before);
	free(after);
	before = make();
	after = make();
	take_outside(m);
	free(m);
	free(before);
	free(after);
	finish(thread);
	return 0;
}
