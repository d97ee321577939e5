/*
 * Thread one takes a, b, and notifies with the lock held, twice. The second time that is what
 * thread two waits for.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "any_condition.h"

static void *one(void *argument)
{
	stage_await(1);
	for (int i = 0; i < 2; i++) {
		if (i)
			stage_await(2);
		take_both(&a, &b); /* @first */
		std::lock_guard<std::mutex> guard(m);
		ready = i == 1;
		changed.notify_all();
	}
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
