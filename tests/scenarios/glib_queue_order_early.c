/*
 * The near miss of glib_queue_order.c: the message is sent before the first thread takes the locks.
 * The deadlock can happen.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order feasible first second */
#include "glib_scenario.h"

static GMutex a, b;
static GAsyncQueue *queue;

static gpointer first(gpointer item)
{
	g_async_queue_push(queue, &a);
	g_mutex_lock(&a);
	g_mutex_lock(&b); /* @first */
	g_mutex_unlock(&b);
	g_mutex_unlock(&a);
	stage_reach(1);
	return item;
}

static gpointer second(gpointer unused)
{
	CHECK(g_async_queue_pop(queue) == &a);
	stage_await(1);
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
