/*
 * A near miss of deadlock_waitpid.c: the child has set an alarm, which ends it after longer than
 * hang_timeout ("the default action is to terminate the process", signal(7)).
 */
/* EXPECT blocking-under-lock misuse await own */
/* PROCESSES 2 */
#include "hang.h"
#include "shared_pair.h"

static void take(void)
{
	alarm(4);
	pthread_mutex_lock(&shared->a);
	pthread_mutex_unlock(&shared->a);
}

int main(void)
{
	pid_t child;
	int status;

	make_shared();
	pthread_mutex_lock(&shared->a); /* @own */
	child = run(take);
	CHECK(waitpid(child, &status, 0) == child); /* @await */
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
	pthread_mutex_unlock(&shared->a);
	return 0;
}
