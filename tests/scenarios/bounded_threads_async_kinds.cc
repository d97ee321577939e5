/*
 * Twenty thousand threads of std::async, made at two places in turn, each waited for before the
 * next one is made. The trace is not longer than that of a few.
 */
// EXPECT none
// THREADS 20001
// TRACE <=256
#include "scenario.h"
#include <future>
#include <mutex>

static std::mutex outer, inner, innermost;
static long sum;

static int ask(int number)
{
	std::lock_guard<std::mutex> first(outer);
	std::lock_guard<std::mutex> second(inner);

	sum += number;
	return number;
}

static int answer(int number)
{
	std::lock_guard<std::mutex> first(inner);
	std::lock_guard<std::mutex> second(innermost);

	sum -= number;
	return number;
}

int main()
{
	for (int i = 0; i < 10000; i++) {
		if (std::async(std::launch::async, ask, i).get() != i)
			return 1;
		if (std::async(std::launch::async, answer, i).get() != i)
			return 1;
	}
	return sum != 0;
}
