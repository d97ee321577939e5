/*
 * A thread takes m while it initialises; another one has m and waits until that is done. When the
 * second has m just before the first asks for it, each waits for the other.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order feasible first second */
#include "glib_scenario.h"

static GMutex m;
static gsize ready;
static pid_t waiter;

static gpointer one(gpointer argument)
{
	CHECK(g_once_init_enter(&ready));
	g_mutex_lock(&m); /* @first */
	g_mutex_unlock(&m);
	stage_reach(1);
	stage_await(2);
	await_blocked(waiter);
	g_once_init_leave(&ready, 1);
	return argument;
}

static gpointer two(gpointer argument)
{
	waiter = gettid();
	stage_await(1);
	g_mutex_lock(&m);
	stage_reach(2);
	CHECK(!g_once_init_enter(&ready)); /* @second */
	g_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}
