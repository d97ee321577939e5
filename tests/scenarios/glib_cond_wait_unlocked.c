/*
 * A thread waits on a GCond with a GMutex that it has not locked: first while another one holds it,
 * whom the wait throws out; then while nobody does, which GLib ends the program for.
 */
/* EXPECT cond-wait-unlocked misuse stolen owner */
/* EXPECT cond-wait-unlocked misuse free */
/* EXIT SIGABRT */
/* NEEDS glib-2.0 */
#include "scenario.h"
#include <glib.h>

static GMutex m;
static GCond c;

static void *owner(void *argument)
{
	g_mutex_lock(&m); /* @owner */
	turn_pass(1);
	turn_await(2);
	return argument;
}

static void wait_shortly(void)
{
	g_cond_wait_until(&c, &m, g_get_monotonic_time() + 20000); /* @stolen */
	g_mutex_unlock(&m);
}

static void wait_again(void)
{
	g_cond_wait_until(&c, &m, g_get_monotonic_time() + 20000); /* @free */
}

int main(void)
{
	start(owner, NULL);
	turn_await(1);
	wait_shortly();
	wait_again();
	turn_pass(2);
	return 0;
}
