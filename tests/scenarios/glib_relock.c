/*
 * A thread locks a GMutex that it holds: it is not recursive, so the thread waits for itself.
 * Another thread ends the program when it does (GLib: the mutex's word is 2 while it is waited
 * for).
 */
/* NEEDS glib-2.0 */
/* EXPECT relock misuse again first */
/* EXPECT self-deadlock observed again first */
/* EXIT 3 */
#include "glib_scenario.h"

static GMutex m;

static void *end(void *argument)
{
	while (__atomic_load_n((int *)&m, __ATOMIC_RELAXED) != 2)
		usleep(1000);
	_exit(3);
	return argument;
}

int main(void)
{
	start(end, NULL);
	g_mutex_lock(&m); /* @first */
	g_mutex_lock(&m); /* @again */
	return 0;
}
