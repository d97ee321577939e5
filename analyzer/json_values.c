#include "json_values.h"
#include "human.h"
#include <inttypes.h>
#include <stdlib.h>

json_t *value_text(const char *text)
{
	char *clean;
	json_t *value;

	if (!text)
		return json_null();
	clean = human_utf8(text);
	value = json_string(clean);
	free(clean);
	return value;
}

json_t *value_number(uint64_t value)
{
	return json_integer(value > INT64_MAX ? INT64_MAX : (json_int_t)value);
}

json_t *value_number_or_null(uint64_t value)
{
	return value ? value_number(value) : json_null();
}

json_t *value_label(char kind, uint32_t index)
{
	return json_sprintf("%c%" PRIu32, kind, index + 1);
}

static json_t *frame_value(const struct frame *frame)
{
	json_t *value = json_object();

	json_object_set_new(value, "function", value_text(frame->function));
	json_object_set_new(value, "file", value_text(frame->file));
	json_object_set_new(value, "line", frame->line ? json_integer(frame->line) : json_null());
	json_object_set_new(value, "module", value_text(frame->module));
	json_object_set_new(value, "offset", value_number(frame->offset));
	json_object_set_new(value, "inlined", json_boolean(frame->inlined));
	return value;
}

json_t *value_stack(const struct report *report, uint32_t stack)
{
	json_t *value = json_array();
	size_t count = 0, i;
	const struct frame *frames = symbols_stack(report->analysis->symbols, stack, &count);

	for (i = 0; i < count; i++)
		json_array_append_new(value, frame_value(&frames[i]));
	return value;
}

json_t *value_label_or_null(char kind, uint32_t index)
{
	return index == NO_INDEX ? json_null() : value_label(kind, index);
}

json_t *value_hold(const struct report *report, const struct finding_hold *hold)
{
	json_t *value = json_object();

	json_object_set_new(value, "lock", value_label_or_null('L', hold->lock));
	json_object_set_new(
		value, "mode",
		json_string(op_flags(hold->op) & TRACE_OP_SHARED ? "shared" : "exclusive"));
	json_object_set_new(value, "op", value_text(act_function(hold->op)));
	json_object_set_new(value, "stack", value_stack(report, hold->stack));
	return value;
}

uint32_t value_pid(const struct report *report, uint32_t process)
{
	return report->analysis->model->processes[process].pid;
}

json_t *value_finding(const struct finding *finding)
{
	json_t *value = json_object();

	json_object_set_new(value, "id", json_string(finding->id));
	json_object_set_new(value, "kind", json_string(kind_name(finding->rule->kind)));
	json_object_set_new(value, "rule", json_string(finding->rule->name));
	json_object_set_new(value, "verdict", value_text(verdict_name(finding->verdict)));
	json_object_set_new(value, "reason", value_text(reason_name(finding->reason)));
	json_object_set_new(value, "severity", json_string(severity_name(finding->severity)));
	json_object_set_new(value, "message", value_text(finding->message));
	return value;
}

json_t *value_gate(const struct report *report)
{
	json_t *value = json_object(), *words = json_array();
	size_t i;

	for (i = 0; i < report->fail_on_count; i++)
		json_array_append_new(words, value_text(report->fail_on[i]));
	json_object_set_new(value, "passed", json_boolean(report->gate_passed));
	json_object_set_new(value, "fail_on", words);
	return value;
}
