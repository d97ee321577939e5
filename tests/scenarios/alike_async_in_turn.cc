/*
 * A near miss of alike_async_other.cc: one of a hundred threads of std::async takes b, a, too, but
 * each is waited for before the next one is started.
 */
// EXPECT lock-order discharged thread-order first second
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
	take_ab();
	if (number == 50)
		take_ba();
	return number;
}

int main()
{
	for (int i = 0; i < 100; i++) {
		auto result = std::async(std::launch::async, work, i);

		result.get();
	}
	return 0;
}
