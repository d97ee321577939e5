/*
 * One side takes both locks with std::scoped_lock, the other one after the other, in the opposite
 * order. The first never waits with a lock held, so there is no circle of waiting.
 */
/* EXPECT lock-order discharged try-lock first second */
/* ACQUISITIONS 4 */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b;

static void one()
{
	{
		std::scoped_lock both(a, b); // @first
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(a); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
