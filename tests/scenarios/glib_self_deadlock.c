/*
 * A GMutex locked by who has it: "attempting to lock a GMutex already locked by the same thread
 * results in undefined behaviour (including but not limited to deadlocks)" (GLib manual). It does
 * deadlock.
 */
/* NEEDS glib-2.0 */
/* HANGS */
/* EXPECT self-deadlock observed first again */
/* EXPECT relock misuse first again */
#include "glib_scenario.h"
#include "hang.h"

static GMutex m;

int main(void)
{
	g_mutex_lock(&m); /* @first */
	g_mutex_lock(&m); /* @again */
	g_mutex_unlock(&m);
	g_mutex_unlock(&m);
	return 0;
}
