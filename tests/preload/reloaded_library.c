/* A library whose frames have the size SIZE. */
#include "reloaded.h"

static __attribute__((noinline)) int go_down(int depth)
{
	volatile char room[SIZE];

	room[0] = (char)depth;
	if (depth)
		go_down(depth - 1);
	else
		take();
	return room[0];
}

int enter(int depth)
{
	volatile char room[SIZE / 2];

	room[0] = (char)depth;
	return go_down(depth) + room[0];
}
