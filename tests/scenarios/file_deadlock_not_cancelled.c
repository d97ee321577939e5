/*
 * As file_deadlock_cancelled.c, but nobody is left who could cancel: the thread that waits is the
 * only one of its process, which has cancelled another before.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
/* PROCESSES 2 */
#include "file_scenario.h"
#include "hang.h"

static void *sleeper(void *argument)
{
	for (;;)
		pause();
	return argument;
}

static void one(void)
{
	int fd = open_file("data");
	pthread_t thread = start(sleeper, NULL);

	CHECK(pthread_cancel(thread) == 0);
	finish(thread);
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 0) == 0);
	meet_in(shared_stage, 2);
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 1) == 0); /* @one */
}

static void two(void)
{
	int fd = open_file("data");

	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 1) == 0);
	meet_in(shared_stage, 2);
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 0) == 0); /* @two */
}

int main(void)
{
	pid_t child;

	share_stages();
	child = fork();
	if (child == 0) {
		two();
		exit(0);
	}
	one();
	return await_child(child);
}
