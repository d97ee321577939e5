/*
 * Two std::timed_mutex; one side gives its second lock a limited time (libstdc++ then uses a timed
 * lock of the C library).
 */
/* EXPECT lock-order discharged timed first second */
#include "scenario.h"
#include <chrono>
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
	bool taken = a.try_lock_for(std::chrono::hours(1)); // @second

	if (taken)
		a.unlock();
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
