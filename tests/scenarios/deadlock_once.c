/*
 * Two initialisers that need each other, come to from both ends at once: each thread runs one of
 * them and waits for the other to complete (POSIX, pthread_once).
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one one-needs two two-needs */
#include "hang.h"

static pthread_once_t first = PTHREAD_ONCE_INIT;
static pthread_once_t second = PTHREAD_ONCE_INIT;

static void init_second(void);

static void init_first(void)
{
	meet(2);
	pthread_once(&second, init_second); /* @one-needs */
}

static void init_second(void)
{
	meet(2);
	pthread_once(&first, init_first); /* @two-needs */
}

static void *one(void *argument)
{
	pthread_once(&first, init_first); /* @one */
	return argument;
}

static void *two(void *argument)
{
	pthread_once(&second, init_second); /* @two */
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
