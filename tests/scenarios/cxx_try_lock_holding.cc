/*
 * The near miss of cxx_scoped_lock_holding_second.cc: std::try_lock takes both or neither, and
 * never waits.
 */
/* EXPECT lock-order discharged try-lock first second */
/* ACQUISITIONS 5 */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b, c;

static void one()
{
	{
		std::lock_guard<std::mutex> outer(c);

		if (std::try_lock(a, b) == -1) { // @first
			a.unlock();
			b.unlock();
		}
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(c); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
