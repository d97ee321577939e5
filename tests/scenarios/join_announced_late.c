/*
 * Like join_announced.c, but main comes so late that it has nothing to wait for: all workers have
 * said that they are done. It would have waited for that, in a function of its own, before each
 * join; so that it did not have to changes nothing.
 */
/* EXPECT join-order discharged sync-order taken join */
/* SAYS is waited for before pthread_join at join_announced_late.c: */
#include "scenario.h"

enum { WORKERS = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_t workers[WORKERS];
static bool done[WORKERS];
static int done_count;

static void *work(void *argument)
{
	bool *mine = argument;

	pthread_mutex_lock(&lock); /* @taken */
	*mine = true;
	done_count++;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	stage_advance();
	return NULL;
}

static __attribute__((noinline)) void wait_for_done(void)
{
	while (done_count == 0)
		pthread_cond_wait(&changed, &lock);
}

static int find_done(void)
{
	int i = 0;

	while (!done[i])
		i++;
	done[i] = false;
	done_count--;
	return i;
}

static void join_all(void)
{
	pthread_mutex_lock(&lock);
	for (int left = WORKERS; left > 0; left--) {
		wait_for_done();
		CHECK(pthread_join(workers[find_done()], NULL) == 0); /* @join */
	}
	pthread_mutex_unlock(&lock);
}

int main(void)
{
	for (int i = 0; i < WORKERS; i++)
		workers[i] = start(work, &done[i]);
	stage_await(WORKERS);
	join_all();
	return 0;
}
