/*
 * Both sides of the inversion run while their thread holds a third lock for writing: only one
 * thread at a time is there.
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "scenario.h"

static pthread_rwlock_t gate = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;

static void *one(void *argument)
{
	pthread_rwlock_wrlock(&gate);
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
	pthread_rwlock_wrlock(&gate);
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
