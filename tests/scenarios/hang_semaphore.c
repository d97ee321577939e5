/* A semaphore that starts at 0, and that nobody posts: sem_wait blocks while the value is 0
 * (POSIX). */
/* HANGS */
/* EXPECT hang observed wait join */
/* SAYS nobody is left to post, and nobody ever did */
/* ACQUISITIONS >=0 */
#include "hang.h"

#include <semaphore.h>

static sem_t done;

static void *worker(void *argument)
{
	CHECK(sem_wait(&done) == 0); /* @wait */
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(sem_init(&done, 0, 0) == 0);
	thread = start(worker, NULL);
	pthread_join(thread, NULL); /* @join */
	return 0;
}
