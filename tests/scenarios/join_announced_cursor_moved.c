/*
 * A near miss of join_announced_cursor.c: before main waits, the cursor is moved on to the other
 * worker. What main then knows is nothing of the one that it joins: held up, that one comes for the
 * lock when main has it, and waits for its end.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"

enum { WORKERS = 2 };

struct worker {
	pthread_t thread;
	pthread_cond_t changed;
	bool done;
};

struct cursor {
	long kind, number;
	struct worker *worker;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct worker workers[WORKERS] = {{.changed = PTHREAD_COND_INITIALIZER},
					 {.changed = PTHREAD_COND_INITIALIZER}};

static void *work(void *argument)
{
	struct worker *worker = argument;

	pthread_mutex_lock(&lock); /* @taken */
	worker->done = true;
	pthread_cond_signal(&worker->changed);
	pthread_mutex_unlock(&lock);
	stage_advance();
	return NULL;
}

static __attribute__((noinline)) void advance(struct cursor *cursor)
{
	cursor->worker++;
	cursor->number++;
}

static __attribute__((noinline)) void wait_for(struct worker *worker)
{
	while (!worker->done)
		pthread_cond_wait(&worker->changed, &lock);
}

static __attribute__((noinline)) void join_first(void)
{
	struct cursor cursor = {.kind = 1, .worker = &workers[0]};

	pthread_mutex_lock(&lock);
	advance(&cursor);
	wait_for(cursor.worker);
	CHECK(pthread_join(workers[0].thread, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
}

int main(void)
{
	for (int i = 0; i < WORKERS; i++)
		workers[i].thread = start(work, &workers[i]);
	stage_await(WORKERS);
	join_first();
	CHECK(pthread_join(workers[1].thread, NULL) == 0);
	return 0;
}
