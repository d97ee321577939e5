/*
 * As sync_cond_flag, with GLib's condition and mutex.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order discharged sync-order first second */
/* SAYS g_cond_signal at */
#include "glib_scenario.h"

static GMutex a, b, m;
static GCond changed;
static int ready, waiter;

static gpointer one(gpointer argument)
{
	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	g_mutex_lock(&a);
	g_mutex_lock(&b); /* @first */
	g_mutex_unlock(&b);
	g_mutex_unlock(&a);
	g_mutex_lock(&m);
	ready = 1;
	g_cond_signal(&changed);
	g_mutex_unlock(&m);
	return argument;
}

static gpointer two(gpointer argument)
{
	g_mutex_lock(&m);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	while (!ready)
		g_cond_wait(&changed, &m);
	g_mutex_unlock(&m);
	g_mutex_lock(&b);
	g_mutex_lock(&a); /* @second */
	g_mutex_unlock(&a);
	g_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}
