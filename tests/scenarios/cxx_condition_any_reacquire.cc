/*
 * The near miss of cxx_condition_any.cc: an outer lock is held during the wait. At its end the
 * mutex is taken again with the outer lock held, and another thread takes the two in the other
 * order.
 */
/* EXPECT lock-order potential first second */
/* ALLOW discharged */
#include "scenario.h"
#include <condition_variable>
#include <mutex>
#include <thread>

static std::mutex outer, m;
static std::condition_variable_any changed;
static bool ready;

static void one()
{
	{
		std::lock_guard<std::mutex> first(m);
		std::lock_guard<std::mutex> second(outer); // @second
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::unique_lock<std::mutex> waiting(m);
	std::lock_guard<std::mutex> second(outer);
	stage_reach(2);
	while (!ready)
		changed.wait(waiting); // @first
}

static void three()
{
	stage_await(2);
	std::lock_guard<std::mutex> guard(m);
	ready = true;
	changed.notify_one();
}

int main()
{
	std::thread first(one);
	std::thread second(two);
	std::thread third(three);

	first.join();
	second.join();
	third.join();
}
