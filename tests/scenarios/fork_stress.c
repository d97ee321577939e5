/*
 * A hundred forks, while another thread takes locks in ever new situations without a pause. Each
 * child takes and gives back a lock of its own thread's, whatever the other thread was doing at
 * the time of the fork, and ends. (That is more than POSIX allows to such a child, but glibc lets
 * it, and programs do it.)
 */
/* EXPECT none */
/* PROCESSES 101 */
/* OUTPUT 100 children */
#include "scenario.h"

enum { COUNT = 64, CHILDREN = 100 };

static pthread_mutex_t locks[COUNT];
static pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
static int stopping;

static void *busy(void *argument)
{
	for (int round = 0; !__atomic_load_n(&stopping, __ATOMIC_ACQUIRE); round++) {
		int low = round % COUNT;
		int high = low + round / COUNT % (COUNT - low);

		pthread_mutex_lock(&locks[low]);
		if (high > low)
			pthread_mutex_lock(&locks[high]);
		if (high > low)
			pthread_mutex_unlock(&locks[high]);
		pthread_mutex_unlock(&locks[low]);
	}
	return argument;
}

int main(void)
{
	pthread_t thread = start(busy, NULL);

	for (int i = 0; i < CHILDREN; i++) {
		pid_t child = fork();

		if (child == 0) {
			pthread_mutex_lock(&own);
			pthread_mutex_unlock(&own);
			_exit(0);
		}
		CHECK(reap(child) == 0);
	}
	__atomic_store_n(&stopping, 1, __ATOMIC_RELEASE);
	finish(thread);
	printf("%d children\n", CHILDREN);
	return 0;
}
