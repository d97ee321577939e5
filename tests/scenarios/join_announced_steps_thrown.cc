/*
 * A near miss of join_announced_steps_asked.c: main takes the lock in one step, and joins in
 * another, both by the same function, which it leaves by an exception between them. In it, each
 * way from the lock to the join leads by a wait for the worker's news; but main comes back behind
 * the wait. Held up, the worker comes for the lock when main has it, and waits for its end.
 *
 * Potential: the worker signals, and whether main acts upon what it then finds is not recorded.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"

enum step { TAKE, JOIN, STEPS };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_t worker;
static bool done, at_once;

static void *work(void *unused)
{
	pthread_mutex_lock(&lock); /* @taken */
	done = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	stage_advance();
	return unused;
}

static __attribute__((noinline)) void make_step(int step)
{
	if (step == TAKE) {
		pthread_mutex_lock(&lock);
		if (!at_once)
			throw step;
		while (!done)
			pthread_cond_wait(&changed, &lock);
	}
	CHECK(pthread_join(worker, nullptr) == 0); /* @join */
	pthread_mutex_unlock(&lock);
}

int main(int count, char **)
{
	at_once = count > 1;
	worker = start(work, nullptr);
	stage_await(1);
	for (int step = TAKE; step < STEPS; step++) {
		try {
			make_step(step);
		} catch (int) {
		}
	}
	return 0;
}
