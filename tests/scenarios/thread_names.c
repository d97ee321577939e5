/*
 * The threads have names. One gives itself its name, the other is named by its creator; both are
 * found in the report.
 */
/* EXPECT lock-order feasible first second */
/* NAMED reader-one */
/* NAMED writer-two */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	CHECK(pthread_setname_np(pthread_self(), "reader-one") == 0);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_advance();
	return argument;
}

static void *two(void *argument)
{
	/* Until the other is done and this one has its name. */
	stage_await(2);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	pthread_t first = start(one, NULL);
	pthread_t second = start(two, NULL);

	CHECK(pthread_setname_np(second, "writer-two") == 0);
	stage_advance();
	finish(first);
	finish(second);
	return 0;
}
