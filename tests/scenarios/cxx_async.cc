/*
 * Two tasks of std::async on threads of their own, in opposite orders. Both are started before
 * either is waited for, so it can deadlock. It is called no more than potential, though: futures
 * are waited for inline, so it cannot be told from cxx_unseen_promise.cc, where they keep the two
 * apart.
 */
/* EXPECT lock-order potential first second */
/* SAYS but cxx_async has waits in futexes of its own */
#include "scenario.h"
#include <future>
#include <mutex>
#include <thread>

static std::mutex a, b;

static void one()
{
	{
		std::lock_guard<std::mutex> outer(a);
		std::lock_guard<std::mutex> inner(b); // @first
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
	auto first = std::async(std::launch::async, one);
	auto second = std::async(std::launch::async, two);

	first.get();
	second.get();
}
