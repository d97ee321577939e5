/*
 * As sync_static, but thread two never comes to the static: nothing keeps it from taking b, a while
 * the initialiser takes a, b. Stages keep them apart here.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static int make()
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return 1;
}

__attribute__((noinline)) static int use()
{
	static int made = make();

	return made;
}

static void *one(void *argument)
{
	CHECK(use() == 1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main()
{
	run_two(one, two);
	return 0;
}
