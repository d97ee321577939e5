/*
 * GLib's queue does what it does without a recorder, by each of its functions; what is freed with
 * it goes to its function; and a queue that comes to be where another one was is another one.
 */
/* NEEDS glib-2.0 */
/* EXPECT none */
/* OUTPUT 3 1 2 7 9 0 freed 2 */
#include "glib_scenario.h"

static int freed;

static void destroy(gpointer item)
{
	(void)item;
	freed++;
}

static gint compare(gconstpointer left, gconstpointer right, gpointer data)
{
	(void)data;
	return GPOINTER_TO_INT(left) - GPOINTER_TO_INT(right);
}

static int next(GAsyncQueue *queue)
{
	return GPOINTER_TO_INT(g_async_queue_try_pop(queue));
}

static void fill(GAsyncQueue *queue)
{
	g_async_queue_push(queue, GINT_TO_POINTER(1));
	g_async_queue_push_sorted(queue, GINT_TO_POINTER(2), compare, NULL);
	g_async_queue_push_front(queue, GINT_TO_POINTER(3));
	g_async_queue_lock(queue);
	g_async_queue_push_unlocked(queue, GINT_TO_POINTER(8));
	g_async_queue_push_front_unlocked(queue, GINT_TO_POINTER(6));
	CHECK(g_async_queue_remove_unlocked(queue, GINT_TO_POINTER(8)));
	CHECK(!g_async_queue_remove_unlocked(queue, GINT_TO_POINTER(8)));
	CHECK(g_async_queue_length_unlocked(queue) == 4);
	g_async_queue_unlock(queue);
	CHECK(g_async_queue_remove(queue, GINT_TO_POINTER(6)));
}

int main(void)
{
	GAsyncQueue *queue = g_async_queue_new_full(destroy);

	fill(queue);
	printf("%d ", GPOINTER_TO_INT(g_async_queue_pop(queue)));
	printf("%d ", next(queue));
	printf("%d ", GPOINTER_TO_INT(g_async_queue_timeout_pop(queue, G_USEC_PER_SEC)));
	CHECK(!g_async_queue_timeout_pop(queue, 1000));
	g_async_queue_lock(queue);
	CHECK(!g_async_queue_try_pop_unlocked(queue));
	CHECK(!g_async_queue_timeout_pop_unlocked(queue, 1000));
	g_async_queue_push_sorted_unlocked(queue, GINT_TO_POINTER(9), compare, NULL);
	g_async_queue_push_sorted_unlocked(queue, GINT_TO_POINTER(7), compare, NULL);
	printf("%d ", GPOINTER_TO_INT(g_async_queue_pop_unlocked(queue)));
	printf("%d ", GPOINTER_TO_INT(g_async_queue_try_pop_unlocked(queue)));
	g_async_queue_unlock(queue);
	printf("%d ", next(queue));
	g_async_queue_push(queue, GINT_TO_POINTER(1));
	g_async_queue_push(queue, GINT_TO_POINTER(2));
	g_async_queue_ref(queue);
	g_async_queue_unref(queue);
	g_async_queue_unref(queue);
	printf("freed %d\n", freed);
	for (int i = 0; i < 100; i++) {
		queue = g_async_queue_new();
		g_async_queue_push(queue, GINT_TO_POINTER(1));
		CHECK(next(queue) == 1 && next(queue) == 0);
		g_async_queue_unref(queue);
	}
	return 0;
}
