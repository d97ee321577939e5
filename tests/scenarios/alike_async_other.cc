/*
 * A hundred threads of std::async in turn take a, b. One of them takes b, a, too, and the one after
 * it is started before it is waited for: these two can deadlock. It is called no more than
 * potential: see cxx_async.cc.
 */
// EXPECT lock-order potential first second
// THREADS 101
#include "scenario.h"
#include <future>
#include <mutex>

static std::mutex a, b;

__attribute__((noinline)) static void take_ab()
{
	std::lock_guard<std::mutex> outer(a);
	std::lock_guard<std::mutex> inner(b); // @first
}

__attribute__((noinline)) static void take_ba()
{
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(a); // @second
}

static int work(int number)
{
	if (number == 51)
		stage_await(1);
	take_ab();
	if (number == 50) {
		take_ba();
		stage_reach(1);
	}
	return number;
}

int main()
{
	for (int i = 0; i < 100; i++) {
		auto result = std::async(std::launch::async, work, i);

		if (i == 50) {
			auto next = std::async(std::launch::async, work, ++i);

			next.get();
		}
		result.get();
	}
	return 0;
}
