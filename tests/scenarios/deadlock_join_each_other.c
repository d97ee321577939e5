/*
 * Two threads that join each other. POSIX lets pthread_join fail with EDEADLK here; glibc looks for
 * it in a word that it never sets (2.36, pthread_join_common.c: the compare-and-exchange of
 * joinid), and both wait for the other to end.
 */
/* HANGS 2 */
/* EXPECT deadlock-cycle observed one two */
/* THREADS 3 */
/* ACQUISITIONS >=0 */
#include "hang.h"

static pthread_t threads[2];
static int tid_of_one;

static void *one(void *argument)
{
	meet(3);
	tell_tid(&tid_of_one);
	pthread_join(threads[1], NULL); /* @one */
	return argument;
}

static void *two(void *argument)
{
	meet(3);
	await_asleep(&tid_of_one);
	if (pthread_join(threads[0], NULL) != 0) /* @two */
		exit(1);
	return argument;
}

int main(void)
{
	threads[0] = start(one, NULL);
	threads[1] = start(two, NULL);
	meet(3);
	for (;;)
		pause();
}
