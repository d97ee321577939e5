/*
 * Like join_announced_late.c: main comes so late that it has nothing to wait for. It would have
 * waited, as it tells the function to that it calls for this, which otherwise only looks.
 */
/* EXPECT join-order discharged sync-order taken join */
#include "scenario.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool done;
static int looks;

static void *work(void *unused)
{
	pthread_mutex_lock(&lock); /* @taken */
	done = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	stage_reach(1);
	return unused;
}

static __attribute__((noinline)) void look(bool waits)
{
	looks++;
	if (!waits)
		return;
	while (!done)
		pthread_cond_wait(&changed, &lock);
}

int main(void)
{
	pthread_t worker = start(work, NULL);

	look(false);
	stage_await(1);
	pthread_mutex_lock(&lock);
	look(true);
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
	return 0;
}
