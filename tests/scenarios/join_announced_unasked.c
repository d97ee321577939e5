/*
 * The near miss of join_announced_late.c: the workers say that they are done, but main does not ask
 * before it joins them. A worker that is held up comes for the lock when main has it, and waits for
 * its end.
 *
 * Potential: the workers signal, and whether main acts upon what it then finds is not recorded.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"

enum { WORKERS = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int done_count;

static void *work(void *unused)
{
	pthread_mutex_lock(&lock); /* @taken */
	done_count++;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	stage_advance();
	return unused;
}

int main(void)
{
	pthread_t workers[WORKERS];

	for (int i = 0; i < WORKERS; i++)
		workers[i] = start(work, NULL);
	stage_await(WORKERS);
	pthread_mutex_lock(&lock);
	for (int i = 0; i < WORKERS; i++)
		CHECK(pthread_join(workers[i], NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
	return 0;
}
