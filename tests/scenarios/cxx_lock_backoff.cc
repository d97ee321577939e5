/*
 * std::lock finds one of its mutexes taken: it gives the other back and waits for the taken one, in
 * whichever order they were named. The waits are with nothing held.
 */
/* EXPECT clean */
/* OUTPUT both */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b;

static void holder()
{
	std::lock_guard<std::mutex> guard(b);

	stage_reach(1);
	stage_await(2);
	usleep(1000);
}

static void one()
{
	stage_await(1);
	std::unique_lock<std::mutex> first(a, std::defer_lock);
	std::unique_lock<std::mutex> second(b, std::defer_lock);
	stage_reach(2);
	std::lock(first, second);
	puts("both");
}

static void two()
{
	stage_await(2);
	std::unique_lock<std::mutex> first(a, std::defer_lock);
	std::unique_lock<std::mutex> second(b, std::defer_lock);
	std::lock(second, first);
}

int main()
{
	std::thread zero(holder);
	std::thread first(one);
	std::thread second(two);

	zero.join();
	first.join();
	second.join();
}
