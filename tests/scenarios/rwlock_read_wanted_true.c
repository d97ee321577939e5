/*
 * The near miss of rwlock_read_wanted.c the other way: the second thread holds b for writing, and
 * now the first waits for it.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;

static void *one(void *argument)
{
	pthread_rwlock_wrlock(&a);
	pthread_rwlock_rdlock(&b); /* @first */
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_rwlock_wrlock(&b);
	pthread_rwlock_rdlock(&a); /* @second */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
