/*
 * A stop callback takes b, in the thread that requests the stop ([stopcallback.cons]), which holds
 * a. Another thread takes a with b held. It can deadlock, but is called no more than potential: who
 * destroys a callback waits inline until it has run, so a callback can keep threads apart, and that
 * it does not do so here cannot be seen.
 */
/* EXPECT lock-order potential first second */
/* SAYS but cxx_stop_callback has waits in futexes of its own */
#include "scenario.h"
#include <mutex>
#include <stop_token>
#include <thread>

static std::mutex a, b;
static std::stop_source source;

__attribute__((noinline)) static void take()
{
	std::lock_guard<std::mutex> inner(b); // @first
}

static void one()
{
	std::stop_callback callback(source.get_token(), take);

	{
		std::lock_guard<std::mutex> outer(a);
		source.request_stop();
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(a); // @second
}

int main()
{
	std::jthread first(one);
	std::jthread second(two);
}
