/* The near miss of glib_once.c: the lock is taken after the function that g_once calls is over. */
/* NEEDS glib-2.0 */
/* EXPECT none */
#include "glib_scenario.h"

static GMutex m;
static GOnce once = G_ONCE_INIT;
static pid_t waiter;

static gpointer initialise(gpointer argument)
{
	stage_reach(1);
	stage_await(2);
	await_blocked(waiter);
	return argument;
}

static gpointer one(gpointer argument)
{
	g_once(&once, initialise, NULL);
	g_mutex_lock(&m);
	g_mutex_unlock(&m);
	return argument;
}

static gpointer two(gpointer argument)
{
	waiter = gettid();
	stage_await(1);
	g_mutex_lock(&m);
	stage_reach(2);
	g_once(&once, initialise, NULL);
	g_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}
