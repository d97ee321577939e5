/*
 * Two GMutexes in opposite orders. g_mutex_lock blocks until the mutex is unlocked (GLib manual);
 * GLib makes them of futexes, without the C library.
 */
/* NEEDS glib-2.0 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
#include "glib_scenario.h"
#include "hang.h"

static GMutex a;
static GMutex b;

static gpointer one(gpointer argument)
{
	g_mutex_lock(&a);
	meet(2);
	g_mutex_lock(&b); /* @one */
	g_mutex_unlock(&b);
	g_mutex_unlock(&a);
	return argument;
}

static gpointer two(gpointer argument)
{
	g_mutex_lock(&b);
	meet(2);
	g_mutex_lock(&a); /* @two */
	g_mutex_unlock(&a);
	g_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}
