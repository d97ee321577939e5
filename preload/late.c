/* Owns what the calling thread was when it ended. */
#include "late.h"

#include "twins.h"

#include <string.h>

static __thread struct {
	struct trace_thread was;
	uint32_t ref;
} ended __attribute__((tls_model("initial-exec")));

void late_begin(const struct trace_thread *was)
{
	ended.was = *was;
	ended.ref = trace_ref(was);
}

bool late_is(void)
{
	return ended.ref;
}

uint32_t late_record(void)
{
	const struct trace_thread *record = trace_at(ended.ref);

	return record && record->number == ended.was.number ? ended.ref : 0;
}

void late_take(struct trace_thread *record)
{
	/* Nobody else loses his record before he is gone. */
	record->state = ended.was.state | TRACE_THREAD_DETACHED;
	record->creator = ended.was.creator;
	record->create_epoch = ended.was.create_epoch;
	record->created_stack = ended.was.created_stack;
	record->start_routine = ended.was.start_routine;
	memcpy(record->name, ended.was.name, sizeof(record->name));
	twins_uncount(ended.was.number);
	ended.was.number = record->number;
	ended.ref = trace_ref(record);
}

void late_forget(void)
{
	ended.ref = 0;
}
