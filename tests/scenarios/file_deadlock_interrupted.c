/*
 * The near miss of file_deadlock.c: the wait of one of the two is interrupted by a timer whose
 * signal has a handler (flock(2): EINTR), and it gives up, as it would each time.
 */
/* EXPECT clean */
/* PROCESSES 2 */
#include "file_scenario.h"
#include "hang.h"

#include <sys/time.h>

static void on_alarm(int number)
{
	(void)number;
}

static void one(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(flock(a, LOCK_EX) == 0);
	meet_in(shared_stage, 2);
	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_UN) == 0);
	CHECK(flock(a, LOCK_UN) == 0);
}

static void two(void)
{
	const struct itimerval often = {{0, 100000}, {0, 300000}};
	const struct sigaction action = {.sa_handler = on_alarm};
	int a = open_file("a"), b = open_file("b");

	CHECK(sigaction(SIGALRM, &action, NULL) == 0);
	CHECK(flock(b, LOCK_EX) == 0);
	meet_in(shared_stage, 2);
	CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
	CHECK(flock(a, LOCK_EX) != 0 && errno == EINTR);
	CHECK(flock(b, LOCK_UN) == 0);
}

int main(void)
{
	pid_t child;

	share_stages();
	child = fork();
	if (child == 0) {
		two();
		_exit(0);
	}
	one();
	return reap(child);
}
