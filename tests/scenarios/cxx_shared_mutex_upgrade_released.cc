/*
 * The near miss of cxx_shared_mutex_upgrade.cc: the reader unlocks first.
 */
/* EXPECT none */
#include "scenario.h"
#include <chrono>
#include <shared_mutex>

static std::shared_timed_mutex lock;

int main()
{
	std::shared_lock<std::shared_timed_mutex> reading(lock);

	reading.unlock();
	CHECK(lock.try_lock_for(std::chrono::milliseconds(50)));
	lock.unlock();
}
