/*
 * A reader of a std::shared_timed_mutex asks for the write side: for 50 ms it waits for itself.
 */
/* EXPECT rwlock-upgrade misuse cause act */
#include "scenario.h"
#include <chrono>
#include <shared_mutex>

static std::shared_timed_mutex lock;

int main()
{
	std::shared_lock<std::shared_timed_mutex> reading(lock); // @cause

	CHECK(!lock.try_lock_for(std::chrono::milliseconds(50))); // @act
}
