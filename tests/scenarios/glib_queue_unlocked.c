/*
 * Like glib_queue_order.c, by the functions that are called with the queue's lock held. The wait
 * gives that up, so the first thread can send.
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
	g_async_queue_lock(queue);
	g_async_queue_push_unlocked(queue, &a);
	g_async_queue_unlock(queue);
	return item;
}

static gpointer second(gpointer unused)
{
	g_async_queue_lock(queue);
	CHECK(g_async_queue_pop_unlocked(queue) == &a);
	g_async_queue_unlock(queue);
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
