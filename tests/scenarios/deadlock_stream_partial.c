/*
 * The worker has stdout (flockfile) and joins the printer, which waits inside of puts for stdout
 * and has nothing ("all functions that reference (FILE *) objects shall behave as if they use
 * flockfile() and funlockfile() internally", POSIX). The program goes on: the main thread computes.
 */
/* HANGS 2 */
/* EXPECT deadlock-cycle observed join print */
/* LOCK stdout */
/* THREADS 3 */
#include "hang.h"

static pthread_t first;

static void *printer(void *argument)
{
	meet(2);
	puts("never printed"); /* @print */
	return argument;
}

static void *worker(void *argument)
{
	flockfile(stdout);
	meet(2);
	pthread_join(first, NULL); /* @join */
	funlockfile(stdout);
	return argument;
}

static volatile unsigned long sum;

int main(void)
{
	first = start(printer, NULL);
	start(worker, NULL);
	for (;;) {
		for (int i = 0; i < 100000; i++)
			sum += i;
		nap(1);
	}
}
