/*
 * The near miss of glib_unlock_not_owner.c: each thread unlocks what it locked, though not in the
 * opposite order, and while the other waits.
 */
/* NEEDS glib-2.0 */
/* EXPECT none */
#include "glib_scenario.h"

static GMutex a;
static GMutex b;

static void *worker(void *argument)
{
	for (int i = 0; i < 1000; i++) {
		g_mutex_lock(&a);
		g_mutex_lock(&b);
		g_mutex_unlock(&a);
		g_mutex_unlock(&b);
	}
	return argument;
}

int main(void)
{
	run_two(worker, worker);
	return 0;
}
