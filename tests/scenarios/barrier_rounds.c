/*
 * Three threads meet at a barrier ten times. One of them is told that it is the serial one each
 * time. Nothing is held by waiting, so taking locks between rounds has no order with the barrier.
 */
/* EXPECT none */
/* OUTPUT serial 10 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t barrier;
static int serial;

static void *meet(void *argument)
{
	for (int i = 0; i < 10; i++) {
		int result = pthread_barrier_wait(&barrier);

		CHECK(result == 0 || result == PTHREAD_BARRIER_SERIAL_THREAD);
		pthread_mutex_lock(&m);
		serial += result == PTHREAD_BARRIER_SERIAL_THREAD;
		pthread_mutex_unlock(&m);
	}
	return argument;
}

int main(void)
{
	pthread_t third;

	CHECK(pthread_barrier_init(&barrier, NULL, 3) == 0);
	third = start(meet, NULL);
	run_two(meet, meet);
	finish(third);
	CHECK(pthread_barrier_destroy(&barrier) == 0);
	printf("serial %d\n", serial);
	return 0;
}
