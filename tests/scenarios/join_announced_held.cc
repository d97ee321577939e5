/*
 * Like join_announced_caught.cc, with the lock taken by the function that waits for the worker's
 * news, and kept: what comes out of it in place of that has not got the lock.
 */
/* EXPECT join-order discharged sync-order taken join */
#include "scenario.h"

#include <condition_variable>
#include <mutex>
#include <stdexcept>

static std::mutex lock;
static std::condition_variable changed;
static bool done;
static int looks;

static void *work(void *unused)
{
	std::unique_lock<std::mutex> hold(lock); // @taken
	done = true;
	changed.notify_one();
	hold.unlock();
	stage_reach(1);
	return unused;
}

static __attribute__((noinline)) void lock_when_done()
{
	lock.lock();
	std::unique_lock<std::mutex> hold(lock, std::adopt_lock);
	while (!done)
		changed.wait(hold);
	hold.release();
}

int main()
{
	pthread_t worker = start(work, nullptr);

	stage_await(1);
	try {
		lock_when_done();
	} catch (const std::exception &) {
		looks--;
	}
	CHECK(pthread_join(worker, nullptr) == 0); // @join
	lock.unlock();
	return 0;
}
