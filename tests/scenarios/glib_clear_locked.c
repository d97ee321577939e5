/* A GMutex is cleared while it is locked: GLib says so and ends the program. */
/* NEEDS glib-2.0 */
/* EXPECT destroy-locked misuse act cause */
/* EXIT SIGABRT */
#include "glib_scenario.h"

int main(void)
{
	static GMutex m;

	g_mutex_init(&m);
	g_mutex_lock(&m);  /* @cause */
	g_mutex_clear(&m); /* @act */
	return 0;
}
