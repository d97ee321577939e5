/*
 * The near miss of glib_queue_senders.c: one message is enough, and it may be the other thread's.
 * The deadlock can happen, as in sync_sem_posters.c. In this run both have sent theirs before, and
 * the one with the locks first.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order potential first second */
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
	} else {
		stage_await(1);
	}
	g_async_queue_push(queue, queue);
	stage_advance();
	return NULL;
}

int main(void)
{
	GThread *one, *two;

	queue = g_async_queue_new();
	one = g_thread_new("one", sender, &a);
	two = g_thread_new("two", sender, NULL);
	stage_await(2);
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
