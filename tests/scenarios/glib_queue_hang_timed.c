/*
 * The near miss of glib_queue_hang.c: one of the two waits for a bounded time, then sends its own.
 */
/* NEEDS glib-2.0 */
/* EXPECT none */
#include "glib_scenario.h"

static GMutex any; /* so that there is something to record */
static GAsyncQueue *to_first, *to_second;

static gpointer first(gpointer unused)
{
	CHECK(!g_async_queue_timeout_pop(to_first, 2000));
	g_async_queue_push(to_second, to_second);
	return unused;
}

static gpointer second(gpointer unused)
{
	g_async_queue_pop(to_second);
	g_async_queue_push(to_first, to_first);
	return unused;
}

int main(void)
{
	GThread *threads[2];

	g_mutex_lock(&any);
	g_mutex_unlock(&any);
	to_first = g_async_queue_new();
	to_second = g_async_queue_new();
	threads[0] = g_thread_new("first", first, NULL);
	threads[1] = g_thread_new("second", second, NULL);
	g_thread_join(threads[0]);
	g_thread_join(threads[1]);
	return 0;
}
