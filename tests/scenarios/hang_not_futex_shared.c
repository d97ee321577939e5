/*
 * All threads of the process wait, in a join and in a futex, for longer than hang_timeout. But the
 * futex lies in memory that another process has, too: that one wakes it.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "futexes.h"

#include <sys/mman.h>

static int *word;

static void *worker(void *argument)
{
	wait_for_change(word, FUTEX_WAIT, NULL);
	return argument;
}

int main(void)
{
	pid_t child;

	take_a_lock();
	word = mmap(NULL, sizeof(*word), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(word != MAP_FAILED);
	child = fork();
	if (child == 0) {
		take_a_lock();
		nap(3500);
		change(word, FUTEX_WAKE);
		exit(0);
	}
	finish(start(worker, NULL));
	return reap(child);
}
