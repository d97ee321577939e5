/*
 * A recursion under a recursive mutex comes again to a normal one. The recursive one lets its owner
 * in, three times; the normal one, which is held since the first of them, does not (POSIX,
 * pthread_mutex_lock).
 */
/* HANGS */
/* EXPECT self-deadlock observed first again */
/* EXPECT relock misuse first again */
#include "hang.h"

static pthread_mutex_t tree = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_mutex_t journal = PTHREAD_MUTEX_INITIALIZER;

static void walk(int depth)
{
	pthread_mutex_lock(&tree);
	if (depth == 0)
		pthread_mutex_lock(&journal); /* @first */
	if (depth < 2)
		walk(depth + 1);
	else
		pthread_mutex_lock(&journal); /* @again */
	pthread_mutex_unlock(&journal);
	pthread_mutex_unlock(&tree);
}

static void *worker(void *argument)
{
	walk(0);
	return argument;
}

int main(void)
{
	finish(start(worker, NULL));
	return 0;
}
