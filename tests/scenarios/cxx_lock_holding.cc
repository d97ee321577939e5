/*
 * The near miss of cxx_lock_adopt.cc: std::lock is called with another mutex held, which the other
 * side takes last. It waits for one of its two with that one held, and the other side waits for
 * that one with its two held.
 */
/* EXPECT lock-order feasible first second */
/* ALLOW discharged */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex outer, a, b;

static void one()
{
	{
		std::lock_guard<std::mutex> guard(outer);
		std::lock(a, b); // @first
	}
	a.unlock();
	b.unlock();
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::mutex> first(a);
	std::lock_guard<std::mutex> guard(outer); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
