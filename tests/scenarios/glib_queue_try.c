/*
 * Like glib_queue_order.c, but the second thread asks for the message again and again; having got
 * it, it comes after who sent it.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order discharged sync-order first second */
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
	while (!g_async_queue_try_pop(queue))
		g_thread_yield();
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
