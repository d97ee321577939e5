/*
 * The near miss of glib_mutex_locker.c: on one side the first locker's scope has ended before the
 * second locker is made, so that side never holds both.
 */
/* NEEDS glib-2.0 */
/* EXPECT none */
/* ACQUISITIONS 4 */
#include "glib_scenario.h"

static GMutex a;
static GMutex b;

static gpointer one(gpointer argument)
{
	g_autoptr(GMutexLocker) outer G_GNUC_UNUSED = g_mutex_locker_new(&a);
	g_autoptr(GMutexLocker) inner G_GNUC_UNUSED = g_mutex_locker_new(&b);

	stage_reach(1);
	return argument;
}

static gpointer two(gpointer argument)
{
	stage_await(1);
	{
		g_autoptr(GMutexLocker) only G_GNUC_UNUSED = g_mutex_locker_new(&b);
	}
	{
		g_autoptr(GMutexLocker) only G_GNUC_UNUSED = g_mutex_locker_new(&a);
	}
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}
