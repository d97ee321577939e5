/* The near miss of cxx_try_to_lock_then_lock.cc: the other lock is given back before the wait. */
/* EXPECT lock-order discharged try-lock first second */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b;

static void one()
{
	{
		std::unique_lock<std::mutex> outer(a);
		std::unique_lock<std::mutex> inner(b, std::try_to_lock); // @first

		if (!inner.owns_lock()) {
			outer.unlock();
			inner.lock();
		}
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
