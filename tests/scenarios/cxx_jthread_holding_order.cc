/*
 * The near miss of cxx_jthread_holding.cc: the jthread is declared before the guard, so that the
 * guard goes first and the join is made without the mutex.
 */
/* EXPECT none */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex m;
static std::jthread early;

static void worker()
{
	std::lock_guard<std::mutex> guard(m);
}

int main()
{
	early = std::jthread(worker);
	std::jthread mine = std::move(early);
	std::lock_guard<std::mutex> guard(m);
}
