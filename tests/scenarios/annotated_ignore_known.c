/*
 * The second thread does the same thing twice, in an ignored region the second time: mutexes, whose
 * usual case is recorded at once. Once is enough.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
/* IGNORED 2 */
#include "annotated.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	for (int i = 0; i < 2; i++) {
		pthread_mutex_lock(&b);
		pthread_mutex_lock(&a); /* @second */
		pthread_mutex_unlock(&a);
		pthread_mutex_unlock(&b);
		if (i == 0)
			GORDIAN_IGNORE_BEGIN();
	}
	GORDIAN_IGNORE_END();
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
