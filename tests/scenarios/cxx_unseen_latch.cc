/*
 * A latch keeps two threads apart: the second waits until the first is done with both locks. No
 * deadlock can happen. libstdc++ makes latches of inline code, and a call that could be seen is
 * made only by who has to sleep; here nobody has. So it cannot be said that this is impossible, but
 * it must not be said that it is feasible, in no run.
 */
/* EXPECT lock-order potential first second */
/* SAYS but cxx_unseen_latch has waits in futexes of its own */
#include "scenario.h"
#include <latch>
#include <mutex>
#include <thread>

static std::mutex a, b;
static std::latch done(1);

static void first()
{
	{
		std::lock_guard<std::mutex> outer(a);
		std::lock_guard<std::mutex> inner(b); // @first
	}
	done.count_down();
	stage_reach(1);
}

static void second()
{
	stage_await(1);
	done.wait();
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(a); // @second
}

int main()
{
	std::jthread one(first), two(second);
}
