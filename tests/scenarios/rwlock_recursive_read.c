/*
 * A thread reads again under a lock that it reads already, while another thread writes at other
 * times. A recursive read is legal (POSIX pthread_rwlock_rdlock), and on glibc's default kind it
 * does not wait for a writer that waits.
 */
/* EXPECT none */
/* ACQUISITIONS 3 */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;

static void *one(void *argument)
{
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_rwlock_wrlock(&a);
	pthread_rwlock_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
