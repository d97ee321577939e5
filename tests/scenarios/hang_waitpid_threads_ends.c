/*
 * The near miss of hang_waitpid_threads.c: the child's main thread ends the process, whoever waits
 * in it (exit(3)), after longer than hang_timeout.
 */
/* EXPECT blocking-under-lock misuse await own */
/* PROCESSES 2 */
#include "hang.h"
#include "shared_pair.h"

static void *take(void *argument)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_unlock(&shared->a);
	return argument;
}

static void child(void)
{
	start(take, NULL);
	nap(3500);
}

int main(void)
{
	make_shared();
	pthread_mutex_lock(&shared->a); /* @own */
	CHECK(reap(run(child)) == 0);	/* @await */
	pthread_mutex_unlock(&shared->a);
	return 0;
}
