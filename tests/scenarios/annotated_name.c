/*
 * Locks have the names that the program gives them: two of its own on the heap, one before it is
 * ever used and one after, and a mutex.
 */
/* EXPECT lock-order potential first second */
/* EXPECT lock-order potential third fourth */
/* LOCK the heap lock */
/* LOCK another heap lock */
/* LOCK the mutex */
/* SAYS takes another heap lock while holding the heap lock */
/* SAYS takes the heap lock while holding the mutex */
#include "annotated.h"

static struct own_lock *a, *b;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	own_lock(a);
	own_lock(b); /* @first */
	GORDIAN_NAME(b, "another heap lock");
	own_unlock(b);
	pthread_mutex_lock(&mutex); /* @third */
	pthread_mutex_unlock(&mutex);
	own_unlock(a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	own_lock(b);
	own_lock(a); /* @second */
	own_unlock(a);
	own_unlock(b);
	pthread_mutex_lock(&mutex);
	own_lock(a); /* @fourth */
	own_unlock(a);
	pthread_mutex_unlock(&mutex);
	return argument;
}

int main(void)
{
	a = calloc(1, sizeof(*a));
	b = calloc(1, sizeof(*b));
	CHECK(a && b);
	GORDIAN_NAME(a, "wrong");
	GORDIAN_NAME(a, "the heap lock");
	GORDIAN_NAME(&mutex, "the mutex");
	run_two(one, two);
	free(a);
	free(b);
	return 0;
}
