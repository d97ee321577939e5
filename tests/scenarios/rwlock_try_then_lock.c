/* try_then_lock.c with a reader-writer lock: tried for writing, and waited for when that fails. */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;

static void *one(void *argument)
{
	pthread_rwlock_rdlock(&b);
	pthread_mutex_lock(&a); /* @first */
	pthread_mutex_unlock(&a);
	pthread_rwlock_unlock(&b);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&a);
	if (pthread_rwlock_trywrlock(&b)) /* @second */
		pthread_rwlock_wrlock(&b);
	pthread_rwlock_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
