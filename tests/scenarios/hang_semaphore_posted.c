/* The near miss of hang_semaphore.c: the main thread posts, late, before it joins. */
/* EXPECT none */
#include "hang.h"

#include <semaphore.h>

static sem_t done;
static int tid_of_worker;

static void *worker(void *argument)
{
	tell_tid(&tid_of_worker);
	CHECK(sem_wait(&done) == 0);
	return argument;
}

int main(void)
{
	pthread_t thread;

	take_a_lock();
	CHECK(sem_init(&done, 0, 0) == 0);
	thread = start(worker, NULL);
	await_asleep(&tid_of_worker);
	nap(200);
	CHECK(sem_post(&done) == 0);
	finish(thread);
	return 0;
}
