/*
 * The near miss of glib_cond.c: the waiter holds nothing but the mutex that it waits with, and
 * during the wait not even that.
 */
/* NEEDS glib-2.0 */
/* EXPECT none */
#include "glib_scenario.h"

static GMutex outer;
static GMutex m;
static GCond changed;
static int ready;

static gpointer one(gpointer argument)
{
	stage_await(1);
	g_mutex_lock(&m);
	g_mutex_lock(&outer);
	ready = 1;
	g_cond_broadcast(&changed);
	g_mutex_unlock(&outer);
	g_mutex_unlock(&m);
	return argument;
}

static gpointer two(gpointer argument)
{
	gint64 end = g_get_monotonic_time() + G_TIME_SPAN_HOUR;

	g_mutex_lock(&m);
	stage_reach(1);
	while (!ready)
		g_cond_wait_until(&changed, &m, end);
	g_mutex_lock(&outer);
	g_mutex_unlock(&outer);
	g_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}
