/* As glib_unlock_kinds, but each thread unlocks what it has locked, as often, and out of order. */
/* EXPECT none */
/* NEEDS glib-2.0 */
#include "scenario.h"
#include <glib.h>

static GRecMutex recursive;
static GRWLock table;

static void *worker(void *argument)
{
	for (int i = 0; i < 3; i++) {
		g_rec_mutex_lock(&recursive);
		g_rec_mutex_lock(&recursive);
		g_rw_lock_reader_lock(&table);
		g_rec_mutex_unlock(&recursive);
		g_rec_mutex_unlock(&recursive);
		g_rw_lock_reader_lock(&table);
		g_rw_lock_reader_unlock(&table);
		g_rw_lock_reader_unlock(&table);
	}
	return argument;
}

int main(void)
{
	GRecMutex own;
	GRWLock lock;

	run_two(worker, worker);
	for (int i = 0; i < 2; i++) {
		g_rec_mutex_init(&own);
		g_rw_lock_init(&lock);
		CHECK(g_rec_mutex_trylock(&own));
		g_rw_lock_writer_lock(&lock);
		g_rec_mutex_unlock(&own);
		g_rw_lock_writer_unlock(&lock);
		CHECK(g_rw_lock_reader_trylock(&lock));
		g_rw_lock_reader_unlock(&lock);
		g_rec_mutex_clear(&own);
		g_rw_lock_clear(&lock);
	}
	return 0;
}
