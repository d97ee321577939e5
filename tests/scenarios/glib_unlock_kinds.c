/*
 * A GRecMutex and a GRWLock are unlocked by a thread that has not locked them, and cleared while
 * they are held: undefined (GLib's manual). The C library refuses the first of these, and GLib
 * tells nobody.
 */
/* EXPECT unlock-not-owner misuse other_recursive recursive */
/* EXPECT unlock-not-owner misuse other_reader reader */
/* EXPECT destroy-locked misuse clear_recursive recursive */
/* EXPECT destroy-locked misuse clear_written written */
/* NEEDS glib-2.0 */
#include "scenario.h"
#include <glib.h>

static GRecMutex recursive;
static GRWLock table, other;

static void *worker(void *argument)
{
	g_rec_mutex_lock(&recursive); /* @recursive */
	g_rec_mutex_lock(&recursive);
	g_rec_mutex_unlock(&recursive);
	g_rw_lock_reader_lock(&table); /* @reader */
	turn_pass(1);
	turn_await(2);
	return argument;
}

int main(void)
{
	g_rw_lock_init(&other);
	start(worker, NULL);
	turn_await(1);
	g_rec_mutex_unlock(&recursive);	 /* @other_recursive */
	g_rw_lock_reader_unlock(&table); /* @other_reader */
	g_rec_mutex_clear(&recursive);	 /* @clear_recursive */
	g_rw_lock_writer_lock(&other);	 /* @written */
	g_rw_lock_clear(&other);	 /* @clear_written */
	_exit(0);
}
