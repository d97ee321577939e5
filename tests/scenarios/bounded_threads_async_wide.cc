/*
 * A thread makes asynchronous calls, four at a time, and waits for these, twenty thousand in all.
 * The trace is not longer than that of a few.
 */
// EXPECT none
// THREADS 20002
// ACQUISITIONS 100000
// TRACE <=256
#include "scenario.h"
#include <future>
#include <mutex>
#include <vector>

enum { CALLS = 20000, AT_ONCE = 4 };

static std::mutex mutex;
static long sum;

static int work(int number)
{
	std::lock_guard<std::mutex> guard(mutex);

	sum += number;
	return number;
}

static void *caller(void *argument)
{
	for (int i = 0; i < CALLS / AT_ONCE; i++) {
		std::vector<std::future<int>> results;

		for (int k = 0; k < AT_ONCE; k++)
			results.push_back(std::async(std::launch::async, work, i));
		for (auto &result : results)
			result.get();
	}
	return argument;
}

int main()
{
	finish(start(caller, NULL));
	return sum != (CALLS / AT_ONCE - 1L) * CALLS / 2;
}
