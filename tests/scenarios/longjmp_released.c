/*
 * A function takes a, gives it back, and leaves by longjmp. After that b is taken with nothing
 * held. The other thread takes b before a.
 */
/* EXPECT none */
#include "scenario.h"
#include <setjmp.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static jmp_buf recovery;
static int failures;

static void parse(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	failures++;
	longjmp(recovery, 1);
}

static void *one(void *argument)
{
	for (volatile int round = 0; round < 3; round++) {
		if (setjmp(recovery) == 0)
			parse();
		pthread_mutex_lock(&b);
		pthread_mutex_unlock(&b);
	}
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
