/*
 * join_announced_late_pool.c with pointers in between: the lock and the condition are in a queue
 * that a pool has, and a variable points to the pool.
 */
/* EXPECT join-order discharged sync-order taken join */
#include "scenario.h"

struct queue {
	long unused;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	bool done;
};

struct pool {
	pthread_t worker;
	struct queue *queue;
};

static struct pool *pool;

static void *work(void *unused)
{
	pthread_mutex_lock(&pool->queue->mutex); /* @taken */
	pool->queue->done = true;
	pthread_cond_signal(&pool->queue->changed);
	pthread_mutex_unlock(&pool->queue->mutex);
	stage_reach(1);
	return unused;
}

static __attribute__((noinline)) void wait_for_done(struct queue *queue)
{
	while (!queue->done)
		pthread_cond_wait(&queue->changed, &queue->mutex);
}

int main(void)
{
	pool = calloc(1, sizeof(*pool));
	CHECK(pool);
	pool->queue = calloc(1, sizeof(*pool->queue));
	CHECK(pool->queue);
	pthread_mutex_init(&pool->queue->mutex, NULL);
	pthread_cond_init(&pool->queue->changed, NULL);
	pool->worker = start(work, NULL);
	stage_await(1);
	pthread_mutex_lock(&pool->queue->mutex);
	wait_for_done(pool->queue);
	CHECK(pthread_join(pool->worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&pool->queue->mutex);
	pthread_cond_destroy(&pool->queue->changed);
	pthread_mutex_destroy(&pool->queue->mutex);
	free(pool->queue);
	free(pool);
	return 0;
}
