/*
 * One side reads under b and wants to write under a, whose reader wants to read under b, as one
 * reader of b does already. a is waited for by the writer itself; at b it takes a second writer,
 * and the kind that lets writers first.
 */
/* EXPECT lock-order feasible first second third */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

static void *three(void *argument)
{
	stage_await(2);
	pthread_rwlock_wrlock(&b); /* @third */
	pthread_rwlock_unlock(&b);
	return argument;
}

static void *one(void *argument)
{
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_rdlock(&b); /* @first */
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_rwlock_rdlock(&b);
	pthread_rwlock_wrlock(&a); /* @second */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&b);
	stage_reach(2);
	return argument;
}

int main(void)
{
	pthread_t third = start(three, NULL);

	run_two(one, two);
	finish(third);
	return 0;
}
