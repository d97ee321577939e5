/* Two spin locks of the program's own, annotated, in opposite orders: both threads spin for ever.
 */
/* HANGS 1 */
/* EXPECT deadlock-cycle observed one two */
#include "annotated.h"
#include "hang.h"

static struct own_lock a, b;

static void *one(void *argument)
{
	own_lock(&a);
	meet(2);
	own_lock(&b); /* @one */
	own_unlock(&b);
	own_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	own_lock(&b);
	meet(2);
	own_lock(&a); /* @two */
	own_unlock(&a);
	own_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
