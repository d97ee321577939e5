// Two local statics whose initialisers need each other, entered from both ends: who comes to one
// that is being initialised waits until it is complete ([stmt.dcl]/3).
// HANGS
// EXPECT deadlock-cycle observed one two
#include "hang.h"

#include <thread>

static int second_value(bool meets);

static int first_value(bool meets)
{
	static int value = [meets] {
		if (meets)
			meet(2);
		return second_value(false); // @one
	}();

	return value;
}

static int second_value(bool meets)
{
	static int value = [meets] {
		if (meets)
			meet(2);
		return first_value(false); // @two
	}();

	return value;
}

int main()
{
	std::thread first([] { first_value(true); });
	std::thread second([] { second_value(true); });

	first.join();
	second.join();
	return 0;
}
