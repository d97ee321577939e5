/*
 * The consumer waits for a condition_variable under a lock_guard of another mutex, which the
 * producer locks before it puts an item and notifies: [thread.condition.condvar], wait calls
 * lock.unlock() for the one lock that it is given.
 */
/* EXPECT wait-holding potential hold wait signal */
/* LOCK c */
#include "scenario.h"
#include <condition_variable>
#include <mutex>
#include <thread>

static std::mutex outer, m;
static std::condition_variable c;
static int items, waiter;

static void produce()
{
	std::lock_guard<std::mutex> first(outer);
	std::lock_guard<std::mutex> second(m);

	items++;
	c.notify_one(); // @signal
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
	std::lock_guard<std::mutex> first(outer); // @hold
	std::unique_lock<std::mutex> second(m);
	c.wait(second, [] { return items >= 2; }); // @wait
}

int main()
{
	std::thread one(producer), two(consumer);

	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	_exit(0); // exit would destroy c, and wait for its waiter
}
