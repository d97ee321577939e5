/* g_thread_join with a GMutex held that the thread takes: it is a join like any other. */
/* EXPECT join-order feasible hold join take */
/* NEEDS glib-2.0 */
#include "scenario.h"
#include <glib.h>

static GMutex m;

static gpointer worker(gpointer argument)
{
	g_mutex_lock(&m); /* @take */
	g_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

int main(void)
{
	GThread *thread = g_thread_new("worker", worker, NULL);

	stage_await(1);
	g_mutex_lock(&m);      /* @hold */
	g_thread_join(thread); /* @join */
	g_mutex_unlock(&m);
	return 0;
}
