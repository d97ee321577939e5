/*
 * A thread has locked a byte of a file and ended; the lock is its process's (fcntl(2)). A child
 * wants it, which does not inherit it, and the process waits for the child.
 */
/* HANGS 1 */
/* EXPECT deadlock-cycle observed await want */
/* PROCESSES 2 */
#include "file_scenario.h"
#include "hang.h"

static void *taker(void *argument)
{
	CHECK(lock_byte(open_file("data"), F_SETLKW, F_WRLCK, 7) == 0);
	return argument;
}

int main(void)
{
	pid_t child;

	finish(start(taker, NULL));
	child = fork();
	if (child == 0) {
		CHECK(lock_byte(open_file("data"), F_SETLKW, F_WRLCK, 7) == 0); /* @want */
		exit(0);
	}
	return await_child(child); /* @await */
}
