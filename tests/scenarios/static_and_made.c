/*
 * One mutex is static, with PTHREAD_MUTEX_INITIALIZER, the other one on the heap, made by
 * pthread_mutex_init. Both are locks.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t fixed = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *made;

static void *one(void *argument)
{
	pthread_mutex_lock(made);
	pthread_mutex_lock(&fixed); /* @first */
	pthread_mutex_unlock(&fixed);
	pthread_mutex_unlock(made);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&fixed);
	pthread_mutex_lock(made); /* @second */
	pthread_mutex_unlock(made);
	pthread_mutex_unlock(&fixed);
	return argument;
}

int main(void)
{
	made = malloc(sizeof(*made));
	CHECK(made && pthread_mutex_init(made, NULL) == 0);
	run_two(one, two);
	pthread_mutex_destroy(made);
	free(made);
	return 0;
}
