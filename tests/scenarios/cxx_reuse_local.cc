/*
 * A local std::mutex in each of two functions, in the same place of the stack; neither is ever
 * destroyed by a call.
 */
/* EXPECT none */
/* OUTPUT same address */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex other;
static std::mutex *handed;

/* Takes the lock it is handed in the first turn, under `other`. */
static void worker()
{
	turn_await(1);
	other.lock();
	handed->lock();
	handed->unlock();
	other.unlock();
	turn_pass(2);
}

static __attribute__((noinline)) void hand_over(std::mutex *m)
{
	handed = m;
	turn_pass(1);
	turn_await(2);
}

static __attribute__((noinline)) void take_outside(std::mutex *m)
{
	m->lock();
	other.lock();
	other.unlock();
	m->unlock();
}

static uintptr_t place;

static __attribute__((noinline)) void note(const void *m)
{
	if (place == (uintptr_t)m)
		puts("same address");
	place = (uintptr_t)m;
}

static __attribute__((noinline)) void first_life()
{
	std::mutex m;

	note(&m);
	m.lock();
	m.unlock();
	hand_over(&m);
}

static __attribute__((noinline)) void second_life()
{
	std::mutex m;

	note(&m);
	m.lock();
	m.unlock();
	take_outside(&m);
}

int main()
{
	std::thread thread(worker);

	first_life();
	second_life();
	thread.join();
	return 0;
}
