/*
 * GLib's mutex makes futex calls of its own, through syscall(), when it is contended. It is
 * interposed where it is called, so these calls are understood, and are not counted as others.
 */
// EXPECT none
// NEEDS glib-2.0
// FUTEX 0
#include "scenario.h"

#include <glib.h>

static GMutex lock;

static int waiter_tid;

static void *waiter(void *unused)
{
	(void)unused;
	__atomic_store_n(&waiter_tid, (int)syscall(SYS_gettid), __ATOMIC_RELEASE);
	g_mutex_lock(&lock);
	g_mutex_unlock(&lock);
	return NULL;
}

int main(void)
{
	pthread_t thread;

	g_mutex_lock(&lock);
	thread = start(waiter, NULL);
	while (!__atomic_load_n(&waiter_tid, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter_tid);
	g_mutex_unlock(&lock);
	finish(thread);
	return 0;
}
