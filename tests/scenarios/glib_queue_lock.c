/*
 * The lock of GLib's queue and a mutex in opposite orders: the first thread takes the mutex with
 * the queue locked, the second locks the queue with the mutex held.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order feasible first second */
#include "glib_scenario.h"

static GMutex a;
static GAsyncQueue *queue;

static gpointer first(gpointer item)
{
	g_async_queue_lock(queue);
	g_mutex_lock(&a); /* @first */
	g_mutex_unlock(&a);
	g_async_queue_unlock(queue);
	stage_reach(1);
	return item;
}

static gpointer second(gpointer unused)
{
	stage_await(1);
	g_mutex_lock(&a);
	g_async_queue_lock(queue); /* @second */
	g_async_queue_unlock(queue);
	g_mutex_unlock(&a);
	return unused;
}

int main(void)
{
	queue = g_async_queue_new();
	/* Used and known to all before. */
	g_async_queue_lock(queue);
	g_async_queue_unlock(queue);
	g_run_two(first, second);
	g_async_queue_unref(queue);
	return 0;
}
