/*
 * Each of two threads waits for a message that only the other one could send, and main for their
 * end: nobody is left to send one.
 */
/* NEEDS glib-2.0 */
/* EXPECT hang observed one two main */
/* HANGS */
/* ACQUISITIONS >=0 */
#include "glib_scenario.h"

static GAsyncQueue *to_first, *to_second;

static gpointer first(gpointer unused)
{
	g_async_queue_pop(to_first); /* @one */
	g_async_queue_push(to_second, to_second);
	return unused;
}

static gpointer second(gpointer unused)
{
	g_async_queue_pop(to_second); /* @two */
	g_async_queue_push(to_first, to_first);
	return unused;
}

int main(void)
{
	GThread *threads[2];

	to_first = g_async_queue_new();
	to_second = g_async_queue_new();
	threads[0] = g_thread_new("first", first, NULL);
	threads[1] = g_thread_new("second", second, NULL);
	g_thread_join(threads[0]); /* @main */
	g_thread_join(threads[1]);
	return 0;
}
