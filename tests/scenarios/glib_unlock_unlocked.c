/* A GMutex is unlocked twice. GLib says so and ends the program; where it was shows the report. */
/* NEEDS glib-2.0 */
/* EXPECT unlock-unlocked misuse again */
/* EXIT SIGABRT */
#include "glib_scenario.h"

static GMutex m;

int main(void)
{
	g_mutex_lock(&m);
	g_mutex_unlock(&m);
	g_mutex_unlock(&m); /* @again */
	return 0;
}
