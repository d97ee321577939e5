/*
 * Twenty thousand threads of std::async in turn. Each has a once of its own, in which it runs the
 * function, and another one in which it is joined; nobody else ever calls these. So the trace is
 * not longer than that of a few.
 */
// EXPECT none
// THREADS 20001
// ACQUISITIONS 120000
// TRACE <=256
#include "scenario.h"
#include <future>
#include <mutex>

static std::mutex outer, inner;
static long sum;

static int work(int number)
{
	std::lock_guard<std::mutex> first(outer);
	std::lock_guard<std::mutex> second(inner);

	sum += number;
	return number;
}

int main()
{
	for (int i = 0; i < 20000; i++) {
		auto result = std::async(std::launch::async, work, i);

		if (result.get() != i)
			return 1;
	}
	return 0;
}
