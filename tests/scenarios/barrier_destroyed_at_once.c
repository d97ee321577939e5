/*
 * The thread that is told it is the serial one destroys the barrier and frees its memory at once,
 * while the others may not have returned from their wait yet. POSIX pthread_barrier_destroy: it is
 * not allowed while a thread is blocked on the barrier; those that have been released are not
 * (glibc waits until they have left it). A mutex then takes the memory's place.
 */
/* EXPECT none */
/* OUTPUT 50 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int count;

static void *meet(void *barrier)
{
	pthread_mutex_t *mutex;

	if (pthread_barrier_wait(barrier) != PTHREAD_BARRIER_SERIAL_THREAD)
		return NULL;
	CHECK(pthread_barrier_destroy(barrier) == 0);
	free(barrier);
	mutex = malloc(sizeof(pthread_barrier_t) > sizeof(*mutex) ? sizeof(pthread_barrier_t)
								  : sizeof(*mutex));
	CHECK(mutex && pthread_mutex_init(mutex, NULL) == 0);
	pthread_mutex_lock(&m);
	pthread_mutex_lock(mutex);
	count++;
	pthread_mutex_unlock(mutex);
	pthread_mutex_unlock(&m);
	pthread_mutex_destroy(mutex);
	free(mutex);
	return NULL;
}

int main(void)
{
	for (int i = 0; i < 50; i++) {
		pthread_barrier_t *barrier = malloc(sizeof(*barrier));
		pthread_t first, second;

		CHECK(barrier && pthread_barrier_init(barrier, NULL, 2) == 0);
		first = start(meet, barrier);
		second = start(meet, barrier);
		finish(first);
		finish(second);
	}
	printf("%d\n", count);
	return 0;
}
