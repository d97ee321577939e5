/*
 * The near miss of rwlock_gate_exclusive.c: both hold the third lock for reading, which two
 * threads can do at once. It keeps nobody apart.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_rwlock_t gate = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;

static void *one(void *argument)
{
	pthread_rwlock_rdlock(&gate);
	pthread_rwlock_wrlock(&a);
	pthread_rwlock_wrlock(&b); /* @first */
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&gate);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_rwlock_rdlock(&gate);
	pthread_rwlock_wrlock(&b);
	pthread_rwlock_wrlock(&a); /* @second */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&gate);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
