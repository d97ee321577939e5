/*
 * The program locks through functions of its own, as most big programs do. The report has to name
 * the line that calls them, not only the line inside.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take(pthread_mutex_t *mutex)
{
	int error = pthread_mutex_lock(mutex);

	CHECK(error == 0);
}

__attribute__((noinline)) static void give(pthread_mutex_t *mutex)
{
	int error = pthread_mutex_unlock(mutex);

	CHECK(error == 0);
}

static void *one(void *argument)
{
	take(&a);
	take(&b); /* @first */
	give(&b);
	give(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	take(&b);
	take(&a); /* @second */
	give(&a);
	give(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
