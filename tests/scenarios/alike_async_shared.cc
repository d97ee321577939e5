/*
 * A near miss of alike_async_shared_early.cc: the other thread, which waits with m held, too, is
 * not started before the one that needs m has been waited for.
 */
// EXPECT none
// THREADS 102
#include "scenario.h"
#include <future>
#include <mutex>
#include <thread>

static std::mutex m;

static int work(int number)
{
	std::lock_guard<std::mutex> guard(m);

	return number;
}

static void wait_holding(std::shared_future<int> result)
{
	std::lock_guard<std::mutex> guard(m);

	result.wait();
}

int main()
{
	for (int i = 0; i < 100; i++) {
		auto result = std::async(std::launch::async, work, i).share();

		result.wait();
		if (i == 50)
			std::thread(wait_holding, result).join();
	}
	return 0;
}
