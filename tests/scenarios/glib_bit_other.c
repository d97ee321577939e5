/*
 * The near miss of glib_bit_lock.c: the sides use different bits of the same words, which are
 * different locks.
 */
/* NEEDS glib-2.0 */
/* EXPECT none */
#include "glib_scenario.h"

static gint a, b;

static gpointer one(gpointer argument)
{
	g_bit_lock(&a, 0);
	g_bit_lock(&b, 0);
	g_bit_unlock(&b, 0);
	g_bit_unlock(&a, 0);
	stage_reach(1);
	return argument;
}

static gpointer two(gpointer argument)
{
	stage_await(1);
	g_bit_lock(&b, 1);
	g_bit_lock(&a, 1);
	g_bit_unlock(&a, 1);
	g_bit_unlock(&b, 1);
	return argument;
}

int main(void)
{
	GMutex m;

	/* Something is recorded. */
	g_mutex_init(&m);
	g_mutex_lock(&m);
	g_mutex_unlock(&m);
	g_mutex_clear(&m);
	g_run_two(one, two);
	return 0;
}
