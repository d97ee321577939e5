/*
 * A message in GLib's queue keeps two threads apart: the second waits for it, and the first sends
 * it when it is done with both locks. No deadlock can happen.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order discharged sync-order first second */
/* SAYS g_async_queue_push at glib_queue_order.c */
#include "glib_scenario.h"

static GMutex a, b;
static GAsyncQueue *queue;

static gpointer first(gpointer item)
{
	g_mutex_lock(&a);
	g_mutex_lock(&b); /* @first */
	g_mutex_unlock(&b);
	g_mutex_unlock(&a);
	g_async_queue_push(queue, &a);
	return item;
}

static gpointer second(gpointer unused)
{
	CHECK(g_async_queue_pop(queue) == &a);
	g_mutex_lock(&b);
	g_mutex_lock(&a); /* @second */
	g_mutex_unlock(&a);
	g_mutex_unlock(&b);
	return unused;
}

int main(void)
{
	queue = g_async_queue_new();
	g_run_two(first, second);
	g_async_queue_unref(queue);
	return 0;
}
