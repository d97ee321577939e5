/*
 * A future keeps two threads apart: the second waits for the value, which the first sets when it is
 * done with both locks. No deadlock can happen. The wait is inline, and goes through a function of
 * libstdc++ only when it has to sleep, which it has not here; that the program imports that
 * function shows that there may be such an order.
 */
/* EXPECT lock-order potential first second */
/* SAYS but cxx_unseen_promise has waits in futexes of its own */
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

static void second(std::future<void> done)
{
	stage_await(1);
	done.wait();
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(a); // @second
}

int main()
{
	std::promise<void> done;
	std::future<void> future = done.get_future();
	std::jthread one(first, std::move(done)), two(second, std::move(future));
}
