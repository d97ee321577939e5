/* A unique_lock only tries, and gets it: it never waits, so there is no circle. */
/* EXPECT lock-order discharged try-lock first second */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b;

static void one()
{
	{
		std::lock_guard<std::mutex> outer(a);
		std::unique_lock<std::mutex> inner(b, std::try_to_lock); // @first

		CHECK(inner.owns_lock());
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
