/*
 * A futex that is waited on by a system call of the program's own, as run-time libraries do
 * (libgomp), with a mutex held that the main thread wants. On private memory none but threads of
 * the process can end the wait (futex(2)), and the main thread waits for the mutex first.
 */
/* HANGS */
/* EXPECT hang observed wait lock */
/* THREADS 2 */
#include "futexes.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int word;

static void *worker(void *argument)
{
	pthread_mutex_lock(&mutex); /* @held */
	meet(2);
	while (__atomic_load_n(&word, __ATOMIC_ACQUIRE) == 0)
		futex(&word, FUTEX_WAIT_PRIVATE, 0, NULL); /* @wait */
	pthread_mutex_unlock(&mutex);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	meet(2);
	pthread_mutex_lock(&mutex); /* @lock */
	change(&word, FUTEX_WAKE_PRIVATE);
	pthread_mutex_unlock(&mutex);
	finish(thread);
	return 0;
}
