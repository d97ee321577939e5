/* What scenarios that use GLib share. */
#ifndef GLIB_SCENARIO_H
#define GLIB_SCENARIO_H

#include "scenario.h"

#include <glib.h>

/* Both at the same time, created before either is joined: neither is ordered before the other. */
static inline void g_run_two(GThreadFunc one, GThreadFunc two)
{
	GThread *first = g_thread_new("one", one, NULL);
	GThread *second = g_thread_new("two", two, NULL);

	g_thread_join(first);
	g_thread_join(second);
}

#endif
