/*
 * A parent takes a, b, its child b, a, at the same time. After fork each process has its own copy
 * of the two mutexes, which are not process-shared: these are four locks, and no two processes
 * ever wait for each other's.
 */
/* EXPECT none */
/* PROCESSES 2 */
/* ACQUISITIONS 4 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
	pid_t child = fork();

	if (child == 0) {
		pthread_mutex_lock(&b);
		pthread_mutex_lock(&a);
		pthread_mutex_unlock(&a);
		pthread_mutex_unlock(&b);
		_exit(0);
	}
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return reap(child);
}
