// The near miss of cxx_self_deadlock_static.cc: in a program that has only ever had one thread,
// whoever initialises the static is the caller, and the guard of libstdc++ throws (guard.cc). To
// the compiler the guard is a function that does not: the program ends through std::terminate.
// EXPECT none
// EXIT SIGABRT
#include "hang.h"

static int value(int depth)
{
	static int result = depth > 0 ? 1 : value(depth + 1);

	return result;
}

int main()
{
	take_a_lock();
	return value(0);
}
