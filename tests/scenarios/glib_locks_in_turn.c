/*
 * The near miss of glib_cond_wait_unlocked and glib_double_init_held: the waiter holds the mutex,
 * which is cleared before it is initialised again, also over memory that is not all zero.
 */
/* EXPECT none */
/* NEEDS glib-2.0 */
#include "scenario.h"
#include <glib.h>

int main(void)
{
	GMutex *m = malloc(sizeof(*m));
	GCond c;

	for (int i = 0; i < 3; i++) {
		memset(m, 0x55, sizeof(*m));
		g_mutex_init(m);
		g_cond_init(&c);
		g_mutex_lock(m);
		g_cond_wait_until(&c, m, g_get_monotonic_time() + 1000);
		g_mutex_unlock(m);
		g_cond_clear(&c);
		g_mutex_clear(m);
	}
	free(m);
	return 0;
}
