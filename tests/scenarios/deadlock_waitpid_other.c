/*
 * Another near miss of deadlock_waitpid.c: the parent waits for any child, with the mutex held that
 * one of two wants. The other one ends, after longer than hang_timeout, which ends the wait.
 */
/* EXPECT blocking-under-lock misuse await own */
/* PROCESSES 3 */
#include "hang.h"
#include "shared_pair.h"

static void take(void)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_unlock(&shared->a);
}

static void work(void)
{
	pthread_mutex_lock(&shared->b);
	pthread_mutex_unlock(&shared->b);
	nap(3500);
}

int main(void)
{
	pid_t other;

	make_shared();
	pthread_mutex_lock(&shared->a); /* @own */
	CHECK(run(take) > 0);
	other = run(work);
	CHECK(wait(NULL) == other); /* @await */
	pthread_mutex_unlock(&shared->a);
	CHECK(wait(NULL) > 0);
	return 0;
}
