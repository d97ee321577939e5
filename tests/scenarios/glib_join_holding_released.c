/* The near miss of glib_join_holding.c: the mutex is given back first. */
/* EXPECT none */
/* NEEDS glib-2.0 */
#include "scenario.h"
#include <glib.h>

static GMutex m;

static gpointer worker(gpointer argument)
{
	g_mutex_lock(&m);
	g_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	GThread *thread = g_thread_new("worker", worker, NULL);

	g_mutex_lock(&m);
	g_mutex_unlock(&m);
	g_thread_join(thread);
	return 0;
}
