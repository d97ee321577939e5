/*
 * The near miss of glib_deadlock.c: one side tries its second mutex (g_mutex_trylock returns FALSE
 * at once), gives up, and gives back its first.
 */
/* NEEDS glib-2.0 */
/* EXPECT clean */
#include "glib_scenario.h"
#include "hang.h"

static GMutex a;
static GMutex b;

static gpointer one(gpointer argument)
{
	g_mutex_lock(&a);
	meet(2);
	g_mutex_lock(&b);
	g_mutex_unlock(&b);
	g_mutex_unlock(&a);
	return argument;
}

static gpointer two(gpointer argument)
{
	g_mutex_lock(&b);
	meet(2);
	CHECK(!g_mutex_trylock(&a));
	nap(100);
	g_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}
