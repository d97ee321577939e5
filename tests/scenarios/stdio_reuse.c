/*
 * A stream's lock ends with fclose; the next stream that is opened often has its address. Each
 * stream is locked either inside of the mutex or around it, never both, and closed while locked.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

static FILE *open_null(void)
{
	FILE *stream = fopen("/dev/null", "w");

	CHECK(stream);
	return stream;
}

static void *work(void *argument)
{
	for (int i = 0; i < 10; i++) {
		FILE *stream = open_null();

		if (i % 2)
			pthread_mutex_lock(&order);
		flockfile(stream);
		if (i % 2 == 0)
			pthread_mutex_lock(&order);
		pthread_mutex_unlock(&order);
		fclose(stream);
	}
	return argument;
}

int main(void)
{
	run_two(work, work);
	return 0;
}
