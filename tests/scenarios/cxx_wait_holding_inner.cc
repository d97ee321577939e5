/* The near miss of cxx_wait_holding.cc: the producer takes only m. */
/* EXPECT none */
#include "scenario.h"
#include <condition_variable>
#include <mutex>
#include <thread>

static std::mutex outer, m;
static std::condition_variable c;
static int items, waiter;

static void produce()
{
	std::lock_guard<std::mutex> second(m);

	items++;
	c.notify_one();
}

static void producer()
{
	produce();
	stage_reach(1);
	stage_await(9);
	produce();
}

static void consumer()
{
	stage_await(1);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	std::lock_guard<std::mutex> first(outer);
	std::unique_lock<std::mutex> second(m);
	c.wait(second, [] { return items >= 2; });
}

int main()
{
	std::thread one(producer), two(consumer);

	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	stage_reach(9);
	one.join();
	two.join();
}
