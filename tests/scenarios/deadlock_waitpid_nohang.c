/*
 * Another near miss of deadlock_waitpid.c: the parent asks whether its child has ended, for a
 * while, and does not wait (WNOHANG). Then it gives the mutex back.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "hang.h"
#include "shared_pair.h"

static void take(void)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_unlock(&shared->a);
}

int main(void)
{
	pid_t child;

	make_shared();
	pthread_mutex_lock(&shared->a);
	child = run(take);
	for (int i = 0; i < 350; i++) {
		CHECK(waitpid(child, NULL, WNOHANG) == 0);
		nap(10);
	}
	pthread_mutex_unlock(&shared->a);
	return reap(child);
}
