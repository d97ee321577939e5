/*
 * Two threads send a message each, one of them when it is done with both locks in one order. Who
 * has got both messages comes after both, and takes them in the other order: no deadlock.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order discharged sync-order first second */
#include "glib_scenario.h"

static GMutex a, b;
static GAsyncQueue *queue;

static gpointer sender(gpointer locks)
{
	if (locks) {
		g_mutex_lock(&a);
		g_mutex_lock(&b); /* @first */
		g_mutex_unlock(&b);
		g_mutex_unlock(&a);
	}
	g_async_queue_push(queue, queue);
	return NULL;
}

int main(void)
{
	GThread *one, *two;

	queue = g_async_queue_new();
	one = g_thread_new("one", sender, &a);
	two = g_thread_new("two", sender, NULL);
	for (int i = 0; i < 2; i++)
		g_async_queue_pop(queue);
	g_mutex_lock(&b);
	g_mutex_lock(&a); /* @second */
	g_mutex_unlock(&a);
	g_mutex_unlock(&b);
	g_thread_join(one);
	g_thread_join(two);
	g_async_queue_unref(queue);
	return 0;
}
