/*
 * Ten thousand detached threads, of which each posts a unit when it has begun, which their creator
 * takes.
 */
/* EXPECT none */
/* THREADS 10001 */
/* TRACE <=256 */
/* UNORDERED 1 */
#include "begun_semaphore.h"

int main(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	make_alike(10000);
	stage_await_in(&over, 10000);
	return 0;
}
