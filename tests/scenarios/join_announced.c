/*
 * Workers that end in a monitor: each takes the lock, says that it is done, signals, gives the lock
 * back, and ends. Main waits under the lock until one is done, and joins it, still under the lock.
 * A worker that says so has had the lock for the last time: main can never wait for one that needs
 * it.
 */
/* EXPECT clean */
#include "scenario.h"

enum { WORKERS = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_t workers[WORKERS];
static bool done[WORKERS];
static int waiting;

static void *work(void *argument)
{
	bool *mine = argument;

	/* Main does wait. */
	stage_await(1);
	await_blocked(waiting);
	pthread_mutex_lock(&lock);
	*mine = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
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
	waiting = gettid();
	pthread_mutex_lock(&lock);
	for (int i = 0; i < WORKERS; i++)
		workers[i] = start(work, &done[i]);
	stage_reach(1);
	for (int left = WORKERS; left > 0; left--) {
		int which;

		while ((which = find_done()) < 0)
			pthread_cond_wait(&changed, &lock);
		done[which] = false;
		CHECK(pthread_join(workers[which], NULL) == 0);
	}
	pthread_mutex_unlock(&lock);
	return 0;
}
