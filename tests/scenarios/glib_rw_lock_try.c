/* The near miss of glib_rw_lock.c: the second side only tries the lock it takes second. */
/* NEEDS glib-2.0 */
/* EXPECT lock-order discharged try-lock first second */
/* ACQUISITIONS 5 */
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
	CHECK(g_rw_lock_writer_trylock(&a));
	g_rw_lock_writer_unlock(&a);
	g_rw_lock_reader_lock(&b);
	CHECK(g_rw_lock_reader_trylock(&a)); /* @second */
	g_rw_lock_reader_unlock(&a);
	CHECK(!g_rw_lock_writer_trylock(&b));
	g_rw_lock_reader_unlock(&b);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}
