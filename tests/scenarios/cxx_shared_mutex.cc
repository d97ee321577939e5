/*
 * Two std::shared_mutex: one thread reads under a and writes under b, the other the other way
 * round.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
#include "scenario.h"
#include <mutex>
#include <shared_mutex>
#include <thread>

static std::shared_mutex a, b;

static void one()
{
	{
		std::shared_lock<std::shared_mutex> outer(a);
		std::unique_lock<std::shared_mutex> inner(b); // @first
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::shared_lock<std::shared_mutex> outer(b);
	std::unique_lock<std::shared_mutex> inner(a); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
