/*
 * A pool of threads that get work from GLib's queue and hand their results to another one. What
 * they lock themselves is one mutex at a time; what GLib locks for them inside is its own affair.
 */
/* NEEDS glib-2.0 */
/* EXPECT none */
/* OUTPUT sum 4950 */
#include "glib_scenario.h"

enum { JOBS = 100, WORKERS = 4 };

static GMutex lock;
static int done;

static void work(gpointer job, gpointer results)
{
	g_mutex_lock(&lock);
	done++;
	g_mutex_unlock(&lock);
	g_async_queue_push(results, job);
}

int main(void)
{
	GAsyncQueue *results = g_async_queue_new();
	GThreadPool *pool = g_thread_pool_new(work, results, WORKERS, TRUE, NULL);
	int sum = 0;

	for (int i = 1; i <= JOBS; i++)
		CHECK(g_thread_pool_push(pool, GINT_TO_POINTER(i), NULL));
	for (int i = 0; i < JOBS; i++)
		sum += GPOINTER_TO_INT(g_async_queue_pop(results)) - 1;
	g_thread_pool_free(pool, FALSE, TRUE);
	g_async_queue_unref(results);
	CHECK(done == JOBS);
	printf("sum %d\n", sum);
	return 0;
}
