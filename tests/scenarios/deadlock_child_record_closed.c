/*
 * The near miss of deadlock_child_record.c: the process closes the file before it waits, which
 * gives back all its locks on it ("if a process closes any file descriptor referring to a file,
 * then all of the process's locks on that file are released", fcntl(2)).
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "file_scenario.h"
#include "hang.h"

static int taken;

static void *taker(void *argument)
{
	taken = open_file("data");
	CHECK(lock_byte(taken, F_SETLKW, F_WRLCK, 7) == 0);
	return argument;
}

int main(void)
{
	pid_t child;

	finish(start(taker, NULL));
	child = fork();
	if (child == 0) {
		CHECK(lock_byte(open_file("data"), F_SETLKW, F_WRLCK, 7) == 0);
		exit(0);
	}
	close(taken);
	return reap(child);
}
