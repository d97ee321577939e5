/*
 * The near miss of cxx_shared_timed_mutex.cc: no limit.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <mutex>
#include <shared_mutex>
#include <thread>

static std::shared_timed_mutex a, b;

static void one()
{
	{
		std::unique_lock<std::shared_timed_mutex> outer(a);
		std::unique_lock<std::shared_timed_mutex> inner(b); // @first
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::unique_lock<std::shared_timed_mutex> outer(b);
	std::shared_lock<std::shared_timed_mutex> inner(a); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
