/*
 * A worker locks a GMutex and the main thread unlocks it: undefined (GLib, g_mutex_unlock), and not
 * noticed there.
 */
/* NEEDS glib-2.0 */
/* EXPECT unlock-not-owner misuse act cause */
#include "glib_scenario.h"

static GMutex m;

static void *worker(void *argument)
{
	g_mutex_lock(&m); /* @cause */
	stage_reach(1);
	stage_await(2);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	g_mutex_unlock(&m); /* @act */
	stage_reach(2);
	finish(thread);
	return 0;
}
