/*
 * Error-checking and recursive mutexes know their owner, but not whom he waits for: the first
 * refuses only who has it already (POSIX, pthread_mutex_lock).
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
#include "hang.h"

static pthread_mutex_t a = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
static pthread_mutex_t b = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	meet(2);
	pthread_mutex_lock(&b); /* @one */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b);
	meet(2);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @two */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
