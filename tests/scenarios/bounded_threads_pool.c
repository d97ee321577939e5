/*
 * Three thousand times a pool of three workers is made, with a mutex and a condition of its own,
 * given eight jobs, and joined. Who does how many of these, and who waits, is chance.
 *
 * Of the first sixty-four, what orders their threads is recorded: that is most of the trace, some
 * two hundred KiB whether there are three hundred pools or twelve thousand. How much more there is
 * is chance, too.
 */
/* EXPECT none */
/* THREADS 9001 */
/* TRACE <=400 */
#include "scenario.h"

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t ready;
	int jobs;
	bool closed;
};

static pthread_mutex_t total_lock = PTHREAD_MUTEX_INITIALIZER;
static long total;

static void work(void)
{
	pthread_mutex_lock(&total_lock);
	total++;
	pthread_mutex_unlock(&total_lock);
}

static void *run(void *argument)
{
	struct pool *pool = argument;

	pthread_mutex_lock(&pool->lock);
	for (;;) {
		while (!pool->jobs && !pool->closed)
			pthread_cond_wait(&pool->ready, &pool->lock);
		if (!pool->jobs)
			break;
		pool->jobs--;
		pthread_mutex_unlock(&pool->lock);
		work();
		pthread_mutex_lock(&pool->lock);
	}
	pthread_mutex_unlock(&pool->lock);
	return argument;
}

static void use(struct pool *pool)
{
	for (int i = 0; i < 8; i++) {
		pthread_mutex_lock(&pool->lock);
		pool->jobs++;
		pthread_cond_signal(&pool->ready);
		pthread_mutex_unlock(&pool->lock);
	}
	pthread_mutex_lock(&pool->lock);
	pool->closed = true;
	pthread_cond_broadcast(&pool->ready);
	pthread_mutex_unlock(&pool->lock);
}

int main(void)
{
	for (int i = 0; i < 3000; i++) {
		struct pool *pool = calloc(1, sizeof(*pool));
		pthread_t workers[3];

		CHECK(pool != NULL);
		CHECK(pthread_mutex_init(&pool->lock, NULL) == 0);
		CHECK(pthread_cond_init(&pool->ready, NULL) == 0);
		for (int j = 0; j < 3; j++)
			workers[j] = start(run, pool);
		use(pool);
		for (int j = 0; j < 3; j++)
			finish(workers[j]);
		CHECK(pthread_cond_destroy(&pool->ready) == 0);
		CHECK(pthread_mutex_destroy(&pool->lock) == 0);
		free(pool);
	}
	return 0;
}
