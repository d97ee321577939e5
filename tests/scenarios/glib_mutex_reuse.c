/*
 * g_mutex_free and g_mutex_new may hand out the same memory again and again. Each pair of locks is
 * used in one order, and then freed; the next pair may have the addresses the other way round.
 */
/* NEEDS glib-2.0 */
/* EXPECT none */
/* g_mutex_new and g_mutex_free are deprecated, and still called. */
#define GLIB_DISABLE_DEPRECATION_WARNINGS
#include "glib_scenario.h"

static gpointer work(gpointer argument)
{
	for (int i = 0; i < 100; i++) {
		GMutex *first = g_mutex_new(), *second = g_mutex_new();

		g_mutex_lock(first);
		g_mutex_lock(second);
		g_mutex_unlock(second);
		g_mutex_unlock(first);
		/* What is freed last is handed out first, where the order is not kept. */
		g_mutex_free(i % 2 ? first : second);
		g_mutex_free(i % 2 ? second : first);
	}
	return argument;
}

int main(void)
{
	g_run_two(work, work);
	return 0;
}
