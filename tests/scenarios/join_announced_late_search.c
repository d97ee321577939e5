/*
 * join_announced_late.c with the wait where the join is, and a search for who is done in place of a
 * count.
 */
/* EXPECT join-order discharged sync-order taken join */
#include "scenario.h"

enum { WORKERS = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_t workers[WORKERS];
static bool done[WORKERS];

static void *work(void *argument)
{
	bool *mine = argument;

	pthread_mutex_lock(&lock); /* @taken */
	*mine = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	stage_advance();
	return NULL;
}

static int find_done(void)
{
	for (int i = 0; i < WORKERS; i++)
		if (done[i])
			return i;
	return -1;
}

int main(void)
{
	for (int i = 0; i < WORKERS; i++)
		workers[i] = start(work, &done[i]);
	stage_await(WORKERS);
	pthread_mutex_lock(&lock);
	for (int left = WORKERS; left > 0; left--) {
		int which;

		while ((which = find_done()) < 0)
			pthread_cond_wait(&changed, &lock);
		done[which] = false;
		CHECK(pthread_join(workers[which], NULL) == 0); /* @join */
	}
	pthread_mutex_unlock(&lock);
	return 0;
}
