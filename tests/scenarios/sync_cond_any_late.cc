/*
 * Thread one makes true what thread two waits for, takes a, b, and notifies then. That it does so
 * with the mutex inside of std::condition_variable_any says nothing: had thread two come later, it
 * would not have waited, and would take b, a meanwhile.
 */
/* EXPECT lock-order potential first second */
#include "any_condition.h"

static void *one(void *argument)
{
	stage_await(1);
	{
		std::lock_guard<std::mutex> guard(m);
		ready = true;
	}
	take_both(&a, &b); /* @first */
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
