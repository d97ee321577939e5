/*
 * Thread one makes true what thread two waits for, takes a, b, and takes the lock again to notify:
 * had thread two come in between, it would not have waited.
 */
/* EXPECT lock-order potential first second */
#include "any_condition.h"

static void *one(void *argument)
{
	stage_await(1);
	m.lock();
	ready = true;
	m.unlock();
	take_both(&a, &b); /* @first */
	m.lock();
	changed.notify_all();
	m.unlock();
	return argument;
}

static void *two(void *argument)
{
	wait_until_ready();
	take_both(&b, &a); /* @second */
	return argument;
}

int main()
{
	run_two(one, two);
	return 0;
}
