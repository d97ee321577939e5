/*
 * Two GRecMutexes in opposite orders. Entering one again does not change what is held: a is
 * entered twice and left once before b is taken, so it is still held then. Inside of each is a
 * pthread mutex, which is not a lock of its own: two locks, four acquisitions.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order feasible first first-hold second */
/* ACQUISITIONS 4 */
/* INSTANCES 1 */
#include "glib_scenario.h"

static GRecMutex a;
static GRecMutex b;

static gpointer one(gpointer argument)
{
	g_rec_mutex_lock(&a); /* @first-hold */
	g_rec_mutex_lock(&a);
	g_rec_mutex_unlock(&a);
	g_rec_mutex_lock(&b); /* @first */
	g_rec_mutex_unlock(&b);
	g_rec_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static gpointer two(gpointer argument)
{
	stage_await(1);
	g_rec_mutex_lock(&b);
	g_rec_mutex_lock(&a); /* @second */
	g_rec_mutex_unlock(&a);
	g_rec_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	g_rec_mutex_init(&b);
	g_run_two(one, two);
	g_rec_mutex_clear(&b);
	return 0;
}
