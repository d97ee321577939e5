/*
 * g_cond_wait gives its mutex back and takes it again at the end, while outer stays held: the end
 * of the wait holds outer and wants m. Another thread holds m and wants outer.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order potential first second */
/* ALLOW discharged */
#include "glib_scenario.h"

static GMutex outer;
static GMutex m;
static GCond changed;
static int ready;

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
	stage_await(1);
	g_mutex_lock(&m);
	g_mutex_lock(&outer);
	stage_reach(2);
	while (!ready)
		g_cond_wait(&changed, &m); /* @first */
	g_mutex_unlock(&outer);
	g_mutex_unlock(&m);
	return argument;
}

static gpointer three(gpointer argument)
{
	stage_await(2);
	g_mutex_lock(&m);
	ready = 1;
	g_cond_signal(&changed);
	g_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	GThread *third = g_thread_new("three", three, NULL);

	g_run_two(one, two);
	g_thread_join(third);
	return 0;
}
