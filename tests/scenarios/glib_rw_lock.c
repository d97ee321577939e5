/*
 * Two GRWLocks: one side writes a and b, the other reads b and a. A reader waits for a writer and a
 * writer for readers, so each can wait for the other.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
/* INSTANCES 1 */
#include "glib_scenario.h"

static GRWLock a;
static GRWLock b;

static gpointer one(gpointer argument)
{
	g_rw_lock_writer_lock(&a);
	g_rw_lock_writer_lock(&b); /* @first */
	g_rw_lock_writer_unlock(&b);
	g_rw_lock_writer_unlock(&a);
	stage_reach(1);
	return argument;
}

static gpointer two(gpointer argument)
{
	stage_await(1);
	g_rw_lock_reader_lock(&b);
	g_rw_lock_reader_lock(&a); /* @second */
	g_rw_lock_reader_unlock(&a);
	g_rw_lock_reader_unlock(&b);
	return argument;
}

int main(void)
{
	g_rw_lock_init(&b);
	g_run_two(one, two);
	g_rw_lock_clear(&b);
	return 0;
}
