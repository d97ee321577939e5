/* The near miss of glib_mutex.c: the same order on both sides. */
/* NEEDS glib-2.0 */
/* EXPECT none */
/* ACQUISITIONS 4 */
#include "glib_scenario.h"

static GMutex a;
static GMutex b;

static gpointer work(gpointer argument)
{
	g_mutex_lock(&a);
	g_mutex_lock(&b);
	g_mutex_unlock(&b);
	g_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	g_run_two(work, work);
	return 0;
}
