/*
 * A GMutex is initialised again while a worker holds it: the worker is alone in the section no
 * more. GLib: "Calling g_mutex_init() on an already initialized GMutex leads to undefined
 * behaviour."
 */
/* EXPECT double-init misuse again holder */
/* NEEDS glib-2.0 */
#include "scenario.h"
#include <glib.h>

static GMutex m;

static void *worker(void *argument)
{
	g_mutex_lock(&m); /* @holder */
	turn_pass(1);
	turn_await(2);
	return argument;
}

int main(void)
{
	g_mutex_init(&m);
	start(worker, NULL);
	turn_await(1);
	g_mutex_init(&m); /* @again */
	_exit(0);
}
