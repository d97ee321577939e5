/*
 * The near miss of cxx_timed_mutex.cc: nobody makes use of the time limit.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::timed_mutex a, b;

static void one()
{
	{
		std::lock_guard<std::timed_mutex> outer(a);
		std::lock_guard<std::timed_mutex> inner(b); // @first
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::timed_mutex> outer(b);
	std::lock_guard<std::timed_mutex> inner(a); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
