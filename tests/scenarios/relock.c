/*
 * A function that locks is called with its lock held already: the mutex is a normal one, so the
 * thread waits for itself. Another thread ends the program.
 */
/* EXPECT relock misuse again first */
/* EXPECT self-deadlock observed again first */
/* EXIT 3 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *end(void *argument)
{
	stage_await(1);
	usleep(100000); /* The main thread is past the call then, or will never be. */
	_exit(3);
	return argument;
}

static void flush_all(void)
{
	stage_reach(1);
	pthread_mutex_lock(&m); /* @again */
	pthread_mutex_unlock(&m);
}

int main(void)
{
	start(end, NULL);
	pthread_mutex_lock(&m); /* @first */
	flush_all();
	pthread_mutex_unlock(&m);
	return 0;
}
