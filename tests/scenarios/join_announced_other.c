/*
 * A near miss of join_announced_late_pool.c: what main waits for before it joins the worker is
 * another condition with the same lock, which the worker has nothing to do with. Held up, it comes
 * for the lock when main has it, and waits for its end.
 *
 * Potential: the worker signals, and whether main acts upon what it then finds is not recorded.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"

struct pool {
	pthread_mutex_t mutex;
	pthread_cond_t changed, opened;
	bool done, open;
};

static void *work(void *argument)
{
	struct pool *pool = argument;

	pthread_mutex_lock(&pool->mutex); /* @taken */
	pool->done = true;
	pthread_cond_signal(&pool->changed);
	pthread_mutex_unlock(&pool->mutex);
	stage_reach(1);
	return NULL;
}

static __attribute__((noinline)) void join_worker(struct pool *pool, pthread_t worker)
{
	pthread_mutex_lock(&pool->mutex);
	while (!pool->open)
		pthread_cond_wait(&pool->opened, &pool->mutex);
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&pool->mutex);
}

int main(void)
{
	struct pool *pool = calloc(1, sizeof(*pool));

	CHECK(pool);
	pthread_mutex_init(&pool->mutex, NULL);
	pthread_cond_init(&pool->changed, NULL);
	pthread_cond_init(&pool->opened, NULL);
	pool->open = true;
	pthread_t worker = start(work, pool);

	stage_await(1);
	join_worker(pool, worker);
	pthread_cond_destroy(&pool->opened);
	pthread_cond_destroy(&pool->changed);
	pthread_mutex_destroy(&pool->mutex);
	free(pool);
	return 0;
}
