/*
 * Three threads, each of which joins the next one: pthread_join returns when the thread has ended
 * (POSIX), and none of the three ever does. glibc refuses with EDEADLK only to join oneself. The
 * main thread, which is to wait for signals, could help nobody: a handler cannot end a thread.
 */
/* HANGS 3 */
/* EXPECT deadlock-cycle observed join */
/* THREADS 4 */
/* ACQUISITIONS >=0 */
#include "hang.h"

static pthread_t threads[3];

static void *joins(void *argument)
{
	pthread_t *next = argument;

	meet(4);
	pthread_join(*next, NULL); /* @join */
	return NULL;
}

int main(void)
{
	for (int i = 0; i < 3; i++)
		threads[i] = start(joins, &threads[(i + 1) % 3]);
	meet(4);
	for (;;)
		pause();
}
