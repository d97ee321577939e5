/*
 * Ten thousand detached threads, of which each says by a condition that it has begun, which their
 * creator waits for. It has made it with the mutex held.
 */
/* EXPECT none */
/* THREADS 10001 */
/* TRACE <=256 */
#include "begun_threads.h"

int main(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	make_alike(10000);
	stage_await_in(&over, 10000);
	return 0;
}
