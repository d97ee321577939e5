/* The near miss of cxx_try_to_lock.cc: a unique_lock that did not get it waits for it. */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b;

static void one()
{
	{
		std::lock_guard<std::mutex> outer(a);
		std::unique_lock<std::mutex> inner(b, std::try_to_lock); // @first

		if (!inner.owns_lock())
			inner.lock();
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
