/*
 * A hundred threads of std::async in turn, of which each needs m. Once, another thread waits for
 * the same result, too, with m held, and was started before: whoever of the two comes first joins
 * the thread, and the other one waits for that. It comes last here.
 */
// EXPECT join-order potential need wait
// THREADS 102
#include "scenario.h"
#include <future>
#include <mutex>
#include <thread>

static std::mutex m;

static int work(int number)
{
	std::lock_guard<std::mutex> guard(m); // @need

	return number;
}

static void wait_holding(std::shared_future<int> result)
{
	stage_await(51);
	std::lock_guard<std::mutex> guard(m);

	result.wait(); // @wait
}

int main()
{
	for (int i = 0; i < 100; i++) {
		auto result = std::async(std::launch::async, work, i).share();
		std::thread other;

		if (i == 50)
			other = std::thread(wait_holding, result);
		result.wait();
		stage_reach(i + 1);
		if (i == 50)
			other.join();
	}
	return 0;
}
