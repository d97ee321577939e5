/*
 * The locks of g_autoptr(GMutexLocker) are given back when the variable goes out of scope. Both
 * sides hold two at a time, in opposite orders.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
#include "glib_scenario.h"

static GMutex a;
static GMutex b;

static gpointer one(gpointer argument)
{
	{
		g_autoptr(GMutexLocker) outer G_GNUC_UNUSED = g_mutex_locker_new(&a);
		g_autoptr(GMutexLocker) inner G_GNUC_UNUSED = g_mutex_locker_new(&b); /* @first */
	}
	stage_reach(1);
	return argument;
}

static gpointer two(gpointer argument)
{
	stage_await(1);
	g_autoptr(GMutexLocker) outer G_GNUC_UNUSED = g_mutex_locker_new(&b);
	g_autoptr(GMutexLocker) inner G_GNUC_UNUSED = g_mutex_locker_new(&a); /* @second */
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}
