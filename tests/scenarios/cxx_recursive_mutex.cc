/*
 * Two std::recursive_mutex in opposite orders: that a thread may take its own lock again does not
 * help it with another thread's.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::recursive_mutex a, b;

static void one()
{
	{
		std::lock_guard<std::recursive_mutex> outer(a);
		std::lock_guard<std::recursive_mutex> inner(b); // @first
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::recursive_mutex> outer(b);
	std::lock_guard<std::recursive_mutex> inner(a); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
