/*
 * The main thread waits for a slow child, with a lock held that another thread waits for meanwhile:
 * slow, and worth a note, but it ends.
 */
/* EXPECT blocking-under-lock misuse wait own */
/* PROCESSES 2 */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int tid_of_worker;

static void *worker(void *argument)
{
	tell_tid(&tid_of_worker);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread;
	pid_t child;
	int status;

	child = fork();
	if (child == 0) {
		nap(3500);
		exit(0);
	}
	pthread_mutex_lock(&m); /* @own */
	thread = start(worker, NULL);
	await_asleep(&tid_of_worker);
	CHECK(waitpid(child, &status, 0) == child); /* @wait */
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
