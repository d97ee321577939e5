// A lock of a program's own in C++, with the interface that std::lock_guard wants.
// EXPECT lock-order feasible first second
// ACQUISITIONS 4
// LOCK accounts
// LOCK journal
#include "annotated.h"

#include <atomic>
#include <mutex>

class spin_lock
{
	std::atomic_flag taken = ATOMIC_FLAG_INIT;

      public:
	explicit spin_lock(const char *name)
	{
		GORDIAN_CREATED(this);
		GORDIAN_NAME(this, name);
	}
	~spin_lock()
	{
		GORDIAN_DESTROYED(this);
	}
	void lock()
	{
		GORDIAN_ACQUIRE(this, GORDIAN_EXCLUSIVE);
		while (taken.test_and_set(std::memory_order_acquire))
			sched_yield();
		GORDIAN_ACQUIRED(this, GORDIAN_EXCLUSIVE);
	}
	void unlock()
	{
		GORDIAN_RELEASE(this);
		taken.clear(std::memory_order_release);
	}
};

static spin_lock accounts("accounts"), journal("journal");

static void *one(void *argument)
{
	std::lock_guard<spin_lock> outer(accounts);
	std::lock_guard<spin_lock> inner(journal); // @first
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	std::lock_guard<spin_lock> outer(journal);
	std::lock_guard<spin_lock> inner(accounts); // @second
	return argument;
}

int main()
{
	run_two(one, two);
	return 0;
}
