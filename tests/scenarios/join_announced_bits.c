/*
 * Main waits until the worker is done, but only if it is patient, which it is not: the two bits lie
 * in one byte and are looked at together. Then a worker that is held up comes for the lock when
 * main has it, and waits for its end.
 *
 * Potential: the worker signals, and whether main acts upon what it then finds is not recorded.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"

enum { DONE = 1, PATIENT = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static unsigned char flags;

static void *work(void *unused)
{
	pthread_mutex_lock(&lock); /* @taken */
	flags |= DONE;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	stage_reach(1);
	return unused;
}

int main(void)
{
	pthread_t worker = start(work, NULL);

	stage_await(1);
	pthread_mutex_lock(&lock);
	if ((flags & (DONE | PATIENT)) == PATIENT) {
		do
			pthread_cond_wait(&changed, &lock);
		while (!(flags & DONE));
	}
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
	return 0;
}
