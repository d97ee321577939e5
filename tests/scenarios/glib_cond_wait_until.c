/*
 * g_cond_wait_until takes its mutex again when its time is up, and waits for it without a limit:
 * as in glib_cond.c, with nobody who wakes it.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order potential first second */
/* ALLOW discharged */
#include "glib_scenario.h"

static GMutex outer;
static GMutex m;
static GCond changed;

static gpointer one(gpointer argument)
{
	g_mutex_lock(&m);
	g_mutex_lock(&outer); /* @second */
	g_mutex_unlock(&outer);
	g_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

static gpointer two(gpointer argument)
{
	gint64 end;

	stage_await(1);
	end = g_get_monotonic_time() + G_TIME_SPAN_MILLISECOND;
	g_mutex_lock(&m);
	g_mutex_lock(&outer);
	while (g_cond_wait_until(&changed, &m, end)) /* @first */
		;
	g_mutex_unlock(&outer);
	g_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}
