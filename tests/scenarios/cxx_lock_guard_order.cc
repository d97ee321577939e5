/*
 * The near miss of cxx_lock_guard.cc: one order.
 */
/* EXPECT none */
/* THREADS 3 */
/* ACQUISITIONS 4 */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b;

static void one()
{
	{
		std::lock_guard<std::mutex> outer(a);
		std::lock_guard<std::mutex> inner(b);
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::mutex> outer(a);
	std::lock_guard<std::mutex> inner(b);
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
