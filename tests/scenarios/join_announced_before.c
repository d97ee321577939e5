/*
 * A near miss of join_announced.c: main was woken by the worker's news before, when it said that it
 * had begun. When main joins it, it has the lock from a wait for another condition with the same
 * lock, which somebody else signals. The worker, held up before it comes for the lock a second
 * time, needs it when main has it, and waits for its end.
 *
 * Potential: what main acts upon is not recorded.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER, opened = PTHREAD_COND_INITIALIZER;
static int news;
static bool open_now;

static void *work(void *unused)
{
	for (int i = 0; i < 2; i++) {
		pthread_mutex_lock(&lock); /* @taken */
		news++;
		pthread_cond_signal(&changed);
		pthread_mutex_unlock(&lock);
	}
	stage_reach(1);
	return unused;
}

static void *open_up(void *argument)
{
	await_blocked(*(int *)argument);
	pthread_mutex_lock(&lock);
	open_now = true;
	pthread_cond_signal(&opened);
	pthread_mutex_unlock(&lock);
	return NULL;
}

int main(void)
{
	int waiting = gettid();

	pthread_mutex_lock(&lock);
	pthread_t worker = start(work, NULL);
	while (news == 0)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
	stage_await(1);

	pthread_t opener = start(open_up, &waiting);

	pthread_mutex_lock(&lock);
	while (!open_now)
		pthread_cond_wait(&opened, &lock);
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
	finish(opener);
	return 0;
}
