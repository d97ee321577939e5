/*
 * A try that fails leaves nothing held, so a is taken by itself, after b was given back. There is
 * one order only, a then b. The first side keeps a until the try is over.
 */
/* NEEDS glib-2.0 */
/* EXPECT none */
/* ACQUISITIONS 4 */
#include "glib_scenario.h"

static GMutex a;
static GMutex b;

static gpointer one(gpointer argument)
{
	g_mutex_lock(&a);
	stage_reach(1);
	stage_await(2);
	g_mutex_lock(&b);
	g_mutex_unlock(&b);
	g_mutex_unlock(&a);
	return argument;
}

static gpointer two(gpointer argument)
{
	stage_await(1);
	g_mutex_lock(&b);
	CHECK(!g_mutex_trylock(&a));
	g_mutex_unlock(&b);
	stage_reach(2);
	g_mutex_lock(&a);
	g_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}
