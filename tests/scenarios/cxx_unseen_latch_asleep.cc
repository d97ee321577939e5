/*
 * Like cxx_unseen_latch.cc, but the second thread has to sleep: the verdict is the same.
 */
/* EXPECT lock-order potential first second */
/* SAYS but cxx_unseen_latch_asleep has waits in futexes of its own */
// FUTEX >=1
#include "scenario.h"
#include <latch>
#include <mutex>
#include <thread>

static std::mutex a, b;
static std::latch done(1);
static int second_tid;

static void first()
{
	turn_await(1);
	await_blocked(second_tid);
	{
		std::lock_guard<std::mutex> outer(a);
		std::lock_guard<std::mutex> inner(b); // @first
	}
	done.count_down();
}

static void second()
{
	second_tid = gettid();
	turn_pass(1);
	done.wait();
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(a); // @second
}

int main()
{
	std::jthread one(first), two(second);
}
