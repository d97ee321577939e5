/*
 * A std::scoped_lock inside of another one: while it waits for d it has a and b, but not the lock
 * that it took itself before d. The other side has d and wants b.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b, c, d;

static void one()
{
	{
		std::scoped_lock outer(a, b); // @first
		std::scoped_lock inner(c, d);
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::mutex> outer(d);
	std::lock_guard<std::mutex> inner(b); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
