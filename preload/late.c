/* Owns what the calling thread was when it ended. */
#include "late.h"

#include <string.h>

static __thread struct {
	struct trace_thread was;
	uint32_t ref, alike;
} ended __attribute__((tls_model("initial-exec")));

void late_begin(const struct trace_thread *was)
{
	ended.was = *was;
	ended.ref = trace_ref(was);
}

void late_counted(uint32_t alike)
{
	ended.alike = alike;
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
	struct trace_alike *alike = trace_at(ended.alike);

	record->state = ended.was.state;
	record->creator = ended.was.creator;
	record->create_epoch = ended.was.create_epoch;
	record->created_stack = ended.was.created_stack;
	record->start_routine = ended.was.start_routine;
	memcpy(record->name, ended.was.name, sizeof(record->name));
	if (alike)
		alike->count--;
	ended.was.number = record->number;
	ended.ref = trace_ref(record);
	ended.alike = 0;
}

void late_forget(void)
{
	ended.ref = 0;
}
