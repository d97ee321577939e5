/*
 * The near miss of join_announced_bits.c: main is always patient, and looks at the one bit alone,
 * so that it would have waited.
 */
/* EXPECT join-order discharged sync-order taken join */
#include "scenario.h"

enum { DONE = 1, PATIENT = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static unsigned char flags = PATIENT;

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
	if (!(flags & DONE)) {
		do
			pthread_cond_wait(&changed, &lock);
		while (!(flags & DONE));
	}
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
	return 0;
}
