/* Owns the record of what is not ordered. */
#include "unordered.h"

#include "recorder.h"

static struct trace_unordered *unordered; /* NULL: there was nothing yet, or no space */

static bool have_record(void)
{
	if (unordered)
		return true;
	unordered = trace_alloc(&recorder_cursor, TRACE_TYPE_unordered, sizeof(*unordered));
	if (unordered)
		trace_commit(&recorder_cursor, unordered);
	return unordered;
}

void unordered_object(void)
{
	if (have_record())
		unordered->objects++;
}

void unordered_child(void)
{
	if (have_record())
		unordered->children++;
}

void unordered_reset(void)
{
	unordered = NULL;
}
