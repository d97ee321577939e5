/*
 * The near miss of cxx_unseen_promise.cc: the value is set, but nobody ever waits for it, and no
 * code does. The deadlock can happen, and there is nothing to doubt it.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <future>
#include <mutex>
#include <thread>

static std::mutex a, b;

static void first(std::promise<void> done)
{
	{
		std::lock_guard<std::mutex> outer(a);
		std::lock_guard<std::mutex> inner(b); // @first
	}
	done.set_value();
	stage_reach(1);
}

static void second()
{
	stage_await(1);
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(a); // @second
}

int main()
{
	std::promise<void> done;
	std::future<void> future = done.get_future();
	std::jthread one(first, std::move(done)), two(second);
}
