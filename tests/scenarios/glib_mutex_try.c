/*
 * One side takes b and only tries a. g_mutex_trylock returns at once, so this side never waits
 * with b held, and cannot be part of a circle of waiting.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order discharged try-lock first second */
#include "glib_scenario.h"

static GMutex a;
static GMutex b;

static gpointer one(gpointer argument)
{
	g_mutex_lock(&a);
	g_mutex_lock(&b); /* @first */
	g_mutex_unlock(&b);
	g_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static gpointer two(gpointer argument)
{
	stage_await(1);
	g_mutex_lock(&b);
	if (g_mutex_trylock(&a)) /* @second */
		g_mutex_unlock(&a);
	g_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}
