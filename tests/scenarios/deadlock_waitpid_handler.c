/*
 * Another near miss of deadlock_waitpid.c: a handler ends the child, after longer than
 * hang_timeout.
 */
/* EXPECT blocking-under-lock misuse await own */
/* PROCESSES 2 */
#include "hang.h"
#include "shared_pair.h"

static pid_t child;

static void on_alarm(int number)
{
	(void)number;
	kill(child, SIGKILL);
}

static void take(void)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_unlock(&shared->a);
}

int main(void)
{
	struct sigaction action = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};

	make_shared();
	pthread_mutex_lock(&shared->a); /* @own */
	CHECK(sigaction(SIGALRM, &action, NULL) == 0);
	child = run(take);
	alarm(4);
	CHECK(waitpid(child, NULL, 0) == child); /* @await */
	pthread_mutex_unlock(&shared->a);
	return 0;
}
