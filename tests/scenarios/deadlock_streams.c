/* Two threads, each of which has a stream (flockfile) and writes to that of the other. */
/* HANGS 2 */
/* EXPECT deadlock-cycle observed one two */
#include "hang.h"

static FILE *streams[2];

static __attribute__((noinline)) void write_first(void)
{
	fputs("never written", streams[0]); /* @one */
}

static __attribute__((noinline)) void write_second(void)
{
	fputs("never written", streams[1]); /* @two */
}

static void *cross(void *argument)
{
	int own = *(int *)argument;

	flockfile(streams[own]);
	meet(2);
	if (own)
		write_first();
	else
		write_second();
	funlockfile(streams[own]);
	return argument;
}

int main(void)
{
	static int numbers[2] = {0, 1};
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		CHECK((streams[i] = fopen("/dev/null", "w")) != NULL);
	for (int i = 0; i < 2; i++)
		threads[i] = start(cross, &numbers[i]);
	finish(threads[0]);
	finish(threads[1]);
	return 0;
}
