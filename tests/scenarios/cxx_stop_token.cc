/*
 * A jthread waits with its stop token; the request to stop wakes it. The stop callback runs in the
 * thread that requests, and takes condition_variable_any's own mutex there, with nothing held.
 */
/* EXPECT none */
/* OUTPUT stopped */
#include "scenario.h"
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

static std::mutex m;
static std::condition_variable_any changed;

static void wait_for_it(std::stop_token token)
{
	std::unique_lock<std::mutex> lock(m);

	stage_reach(1);
	if (!changed.wait(lock, token, [] { return false; }))
		puts("stopped");
}

int main()
{
	std::jthread waiting(wait_for_it);

	stage_await(1);
	{
		std::lock_guard<std::mutex> guard(m);
	}
	waiting.request_stop();
}
