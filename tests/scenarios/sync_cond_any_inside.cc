/*
 * Thread one takes a, b, makes true what thread two waits for, and notifies with the lock held.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "any_condition.h"

static void *one(void *argument)
{
	stage_await(1);
	take_both(&a, &b); /* @first */
	std::lock_guard<std::mutex> guard(m);
	ready = true;
	changed.notify_all();
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
