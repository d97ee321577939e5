/*
 * Two std::shared_timed_mutex; one side waits a limited time for its second lock, to read.
 */
/* EXPECT lock-order discharged timed first second */
#include "scenario.h"
#include <chrono>
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
	std::shared_lock<std::shared_timed_mutex> inner(a, std::chrono::hours(1)); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
