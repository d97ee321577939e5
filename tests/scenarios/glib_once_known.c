/*
 * The near miss of glib_once_init.c: the second thread comes when the first is done. It sees that
 * in the variable, and in this order there is nothing to wait for any more.
 */
/* NEEDS glib-2.0 */
/* EXPECT none */
/* ACQUISITIONS 3 */
#include "glib_scenario.h"

static GMutex m;
static gsize ready;

static gpointer one(gpointer argument)
{
	if (g_once_init_enter(&ready)) {
		g_mutex_lock(&m);
		g_mutex_unlock(&m);
		g_once_init_leave(&ready, 1);
	}
	stage_reach(1);
	return argument;
}

static gpointer two(gpointer argument)
{
	while (!__atomic_load_n(&ready, __ATOMIC_ACQUIRE))
		usleep(1000);
	g_mutex_lock(&m);
	CHECK(!g_once_init_enter(&ready));
	g_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}
