/*
 * A function that g_once calls takes m; another thread has m and waits in g_once for its end. When
 * the second has m just before the first asks for it, each waits for the other.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order feasible first second */
/* OUTPUT 7 7 */
#include "glib_scenario.h"

static GMutex m;
static GOnce once = G_ONCE_INIT;
static pid_t waiter;
static int first, second;

static gpointer initialise(gpointer argument)
{
	g_mutex_lock(&m); /* @first */
	g_mutex_unlock(&m);
	stage_reach(1);
	stage_await(2);
	await_blocked(waiter);
	return argument;
}

static gpointer one(gpointer argument)
{
	first = GPOINTER_TO_INT(g_once(&once, initialise, GINT_TO_POINTER(7)));
	return argument;
}

static gpointer two(gpointer argument)
{
	waiter = gettid();
	stage_await(1);
	g_mutex_lock(&m);
	stage_reach(2);
	second = GPOINTER_TO_INT(g_once(&once, initialise, NULL)); /* @second */
	g_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	printf("%d %d\n", first, second);
	return 0;
}
