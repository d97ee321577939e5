/*
 * Two threads take two GMutexes in opposite orders; one is static, the other was initialised.
 * g_mutex_lock blocks until the mutex is free, so each can wait for the other for ever.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order feasible first first-hold second second-hold */
/* THREADS 3 */
/* ACQUISITIONS 4 */
/* NAMED one */
/* NAMED two */
#include "glib_scenario.h"

static GMutex a;
static GMutex b;

static gpointer one(gpointer argument)
{
	g_mutex_lock(&a); /* @first-hold */
	g_mutex_lock(&b); /* @first */
	g_mutex_unlock(&b);
	g_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static gpointer two(gpointer argument)
{
	stage_await(1);
	g_mutex_lock(&b); /* @second-hold */
	g_mutex_lock(&a); /* @second */
	g_mutex_unlock(&a);
	g_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	g_mutex_init(&b);
	g_run_two(one, two);
	g_mutex_clear(&b);
	return 0;
}
