/*
 * The near miss of glib_rec_mutex.c: the second side has a already when it enters it again inside
 * of b, which never waits. First taken, the locks have one order.
 */
/* NEEDS glib-2.0 */
/* EXPECT none */
/* ACQUISITIONS 4 */
#include "glib_scenario.h"

static GRecMutex a;
static GRecMutex b;

static gpointer one(gpointer argument)
{
	g_rec_mutex_lock(&a);
	g_rec_mutex_lock(&b);
	g_rec_mutex_unlock(&b);
	g_rec_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static gpointer two(gpointer argument)
{
	stage_await(1);
	g_rec_mutex_lock(&a);
	g_rec_mutex_lock(&b);
	CHECK(g_rec_mutex_trylock(&a));
	g_rec_mutex_unlock(&a);
	g_rec_mutex_lock(&a);
	g_rec_mutex_unlock(&a);
	g_rec_mutex_unlock(&b);
	g_rec_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}
