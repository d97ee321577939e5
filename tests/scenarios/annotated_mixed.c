/* A circle of a mutex and a lock of the program's own. */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
/* LOCK own.state */
/* LOCK mutex */
#include "annotated.h"

static struct own_lock own;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	own_lock(&own);
	pthread_mutex_lock(&mutex); /* @first */
	pthread_mutex_unlock(&mutex);
	own_unlock(&own);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&mutex);
	own_lock(&own); /* @second */
	own_unlock(&own);
	pthread_mutex_unlock(&mutex);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
