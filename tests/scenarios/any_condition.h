/* A thread that waits for a std::condition_variable_any, and reaches stage 1 before it does. */
#ifndef ANY_CONDITION_H
#define ANY_CONDITION_H

#include "pair.h"
#include <condition_variable>
#include <mutex>

static std::mutex m;
static std::condition_variable_any changed;
static bool ready;

static inline void wait_until_ready()
{
	std::unique_lock<std::mutex> lock(m);

	stage_reach(1);
	while (!ready) {
		changed.wait(lock);
		stage_reach(2);
	}
}

#endif
