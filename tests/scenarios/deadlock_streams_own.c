/*
 * The near miss of deadlock_streams.c: each writes to its own stream. Who owns a stream does not
 * wait for it, but is counted once more (POSIX, flockfile).
 */
/* EXPECT none */
#include "hang.h"

static FILE *streams[2];

static void *write_own(void *argument)
{
	FILE *own = streams[*(int *)argument];

	flockfile(own);
	meet(2);
	fputs("written", own);
	funlockfile(own);
	return argument;
}

int main(void)
{
	static int numbers[2] = {0, 1};
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		CHECK((streams[i] = fopen("/dev/null", "w")) != NULL);
	for (int i = 0; i < 2; i++)
		threads[i] = start(write_own, &numbers[i]);
	finish(threads[0]);
	finish(threads[1]);
	return 0;
}
