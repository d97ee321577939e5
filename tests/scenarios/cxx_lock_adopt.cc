/*
 * std::lock on two mutexes in opposite orders, whose guards adopt them. It waits for one with
 * nothing held and tries the other, so it cannot deadlock ([thread.lock.algorithm]).
 */
/* EXPECT clean */
/* ACQUISITIONS >=4 */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b;

static void one()
{
	std::lock(a, b);
	std::lock_guard<std::mutex> first(a, std::adopt_lock);
	std::lock_guard<std::mutex> second(b, std::adopt_lock);
}

static void two()
{
	std::lock(b, a);
	std::lock_guard<std::mutex> first(b, std::adopt_lock);
	std::lock_guard<std::mutex> second(a, std::adopt_lock);
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
