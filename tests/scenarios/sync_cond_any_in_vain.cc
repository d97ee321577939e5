/*
 * Thread one notifies of something else, after a, b. Thread two wakes up for nothing, and waits
 * again until thread other makes true what it waits for. When that comes first, thread two takes b,
 * a while thread one takes a, b.
 */
/* EXPECT lock-order potential first second */
#include "any_condition.h"

static bool other_ready;

static void *one(void *argument)
{
	stage_await(1);
	take_both(&a, &b); /* @first */
	std::lock_guard<std::mutex> guard(m);
	other_ready = true;
	changed.notify_all();
	return argument;
}

static void *other(void *argument)
{
	stage_await(2);
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
	pthread_t third = start(other, NULL);

	run_two(one, two);
	finish(third);
	return 0;
}
