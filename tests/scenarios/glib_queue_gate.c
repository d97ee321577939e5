/*
 * Two threads take both locks in opposite orders, but only with the lock of GLib's queue held: it
 * keeps them apart.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order discharged gate-lock first second */
/* ALLOW discharged */
#include "glib_scenario.h"

static GMutex a, b;
static GAsyncQueue *queue;

static gpointer first(gpointer item)
{
	g_async_queue_lock(queue);
	g_mutex_lock(&a);
	g_mutex_lock(&b); /* @first */
	g_mutex_unlock(&b);
	g_mutex_unlock(&a);
	g_async_queue_unlock(queue);
	return item;
}

static gpointer second(gpointer unused)
{
	g_async_queue_lock(queue);
	g_mutex_lock(&b);
	g_mutex_lock(&a); /* @second */
	g_mutex_unlock(&a);
	g_mutex_unlock(&b);
	g_async_queue_unlock(queue);
	return unused;
}

int main(void)
{
	queue = g_async_queue_new();
	g_run_two(first, second);
	g_async_queue_unref(queue);
	return 0;
}
