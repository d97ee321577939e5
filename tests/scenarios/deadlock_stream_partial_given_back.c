/*
 * The near miss of deadlock_stream_partial.c: the worker gives the stream back before it joins.
 */
/* EXPECT none */
/* THREADS 3 */
/* OUTPUT printed */
#include "hang.h"

static pthread_t first;

static void *printer(void *argument)
{
	meet(2);
	puts("printed");
	return argument;
}

static void *worker(void *argument)
{
	flockfile(stdout);
	meet(2);
	funlockfile(stdout);
	finish(first);
	return argument;
}

int main(void)
{
	first = start(printer, NULL);
	finish(start(worker, NULL));
	return 0;
}
