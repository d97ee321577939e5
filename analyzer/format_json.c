/*
 * The JSON report, schema "gordian-report/1" (docs/report.md). Locks and threads are named L1, L2,
 * … and T1, T2, … across all processes of the report; a process is named by its pid.
 *
 * Every field of the schema is always there; what is not known is null. All strings are made valid
 * UTF-8 first, since names and paths come from traces.
 */
#include "coverage.h"
#include "format.h"
#include "json_values.h"
#include "json_waits.h"
#include "xalloc.h"
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Locks listed, beyond those that findings name or that were waited for. */
#define MAX_LOCKS 10000u

static json_t *created_value(const struct report *report, uint32_t stack)
{
	json_t *value = json_object();

	json_object_set_new(value, "stack", value_stack(report, stack));
	return value;
}

static json_t *summary_value(const struct report *report)
{
	const struct findings *findings = report->findings;
	json_int_t suppressed = 0, baseline = 0, discharged = 0;
	json_t *value = json_object();
	size_t i;

	for (i = 0; i < KIND_COUNT; i++)
		json_object_set_new(value, kind_name((enum finding_kind)i),
				    value_number(findings_count(findings, (enum finding_kind)i)));
	for (i = 0; i < findings->count; i++) {
		suppressed += findings->items[i].suppressed;
		baseline += findings->items[i].baseline;
		discharged += findings->items[i].verdict == VERDICT_DISCHARGED;
	}
	json_object_set_new(value, "suppressed", json_integer(suppressed));
	json_object_set_new(value, "baseline", json_integer(baseline));
	json_object_set_new(value, "discharged", json_integer(discharged));
	return value;
}

static json_t *exit_value(const struct process *process)
{
	bool has_code = process->end == TRACE_END_exit || process->end == TRACE_END_quick_exit;
	json_t *value = json_object();

	json_object_set_new(value, "code",
			    has_code ? json_integer(process->end_value & 0xff) : json_null());
	json_object_set_new(value, "signal",
			    process->end == TRACE_END_signal ? json_integer(process->end_value)
							     : json_null());
	json_object_set_new(value, "exec", value_text(process->exec_path));
	return value;
}

static json_t *process_value(const struct process *process)
{
	json_t *value = json_object(), *arguments = json_array();
	uint64_t dropped = 0;
	size_t i;

	for (i = 0; i < process->argument_count; i++)
		json_array_append_new(arguments, value_text(process->arguments[i]));
	for (i = 0; i < TRACE_DROP_SLOTS; i++)
		dropped += process->drops[i];
	json_object_set_new(value, "pid", value_number(process->pid));
	json_object_set_new(value, "parent_pid", value_number(process->parent_pid));
	json_object_set_new(value, "exe", value_text(process->exe));
	json_object_set_new(value, "argv", arguments);
	json_object_set_new(value, "exit", exit_value(process));
	json_object_set_new(value, "duration_ns", value_number(process->duration_ns));
	json_object_set_new(value, "threads", value_number(process->thread_count));
	json_object_set_new(value, "locks", value_number(process->lock_count));
	json_object_set_new(value, "acquisitions", value_number(process->acquisitions));
	json_object_set_new(value, "dropped", value_number(dropped));
	json_object_set_new(value, "idle_children", value_number(process->idle_children));
	json_object_set_new(value, "complete", json_boolean(process->complete));
	return value;
}

static json_t *processes_value(const struct report *report)
{
	const struct model *model = report->analysis->model;
	json_t *value = json_array();
	size_t i;

	for (i = 0; i < model->process_count; i++)
		json_array_append_new(value, process_value(&model->processes[i]));
	return value;
}

static json_t *step_value(const struct report *report, const struct finding_step *step)
{
	const struct model *model = report->analysis->model;
	json_t *value = json_object(), *holds = json_array();
	bool known = step->thread != NO_INDEX;
	size_t i;

	for (i = 0; i < step->hold_count; i++)
		json_array_append_new(holds, value_hold(report, &step->holds[i]));
	json_object_set_new(value, "thread", value_label_or_null('T', step->thread));
	json_object_set_new(
		value, "process",
		known ? value_number(value_pid(report, model->threads[step->thread].process))
		      : json_null());
	json_object_set_new(value, "holds", holds);
	json_object_set_new(value, "wants",
			    finding_wants(step) ? value_hold(report, &step->wants) : json_null());
	json_object_set_new(value, "count", value_number(step->count));
	if (step->waits) {
		json_object_set_new(value, "since_ns", value_number_or_null(step->since_ns));
		json_object_set_new(value, "waited_ns", value_number_or_null(step->waited_ns));
	}
	return value;
}

static json_t *labels_value(char kind, const uint32_t *indices, size_t count)
{
	json_t *value = json_array();
	size_t i;

	for (i = 0; i < count; i++)
		json_array_append_new(value, value_label(kind, indices[i]));
	return value;
}

/* null unless there is one. */
static json_t *witness_value(const struct report *report, const struct finding *finding)
{
	json_t *value = finding->witness_count ? json_array() : json_null();
	size_t i;

	for (i = 0; i < finding->witness_count; i++) {
		const struct finding_move *move = &finding->witness[i];
		json_t *item = value_hold(report, &move->hold);

		json_object_set_new(item, "thread", value_label('T', move->thread));
		json_object_set_new(item, "action", json_string(move->waits ? "waits" : "takes"));
		json_array_append_new(value, item);
	}
	return value;
}

static json_t *finding_value(const struct report *report, const struct finding *finding)
{
	json_t *value = value_finding(finding), *steps = json_array();
	size_t i;

	for (i = 0; i < finding->step_count; i++)
		json_array_append_new(steps, step_value(report, &finding->steps[i]));
	json_object_set_new(value, "locks", labels_value('L', finding->locks, finding->lock_count));
	json_object_set_new(value, "threads",
			    labels_value('T', finding->threads, finding->thread_count));
	json_object_set_new(value, "steps", steps);
	json_object_set_new(value, "witness", witness_value(report, finding));
	json_object_set_new(value, "instances", value_number(finding->instances));
	json_object_set_new(value, "suppressed", json_boolean(finding->suppressed));
	json_object_set_new(value, "baseline", json_boolean(finding->baseline));
	return value;
}

static json_t *findings_value(const struct report *report)
{
	json_t *value = json_array();
	size_t i;

	for (i = 0; i < report->findings->count; i++)
		json_array_append_new(value, finding_value(report, &report->findings->items[i]));
	return value;
}

/*
 * `count` times: total, max and quantiles, in ns. Those that are too few for a histogram have their
 * mean for a median, and the longest for the other: of one or two that is exact.
 */
static json_t *times_value(const struct model *model, uint64_t count, uint64_t total, uint64_t max,
			   uint32_t histogram)
{
	bool few = histogram == NO_INDEX;
	uint64_t mean = count ? total / count : 0;
	json_t *value = json_object();

	json_object_set_new(value, "total", value_number(total));
	json_object_set_new(value, "max", value_number(max));
	json_object_set_new(
		value, "p50",
		value_number(few ? mean : model_quantile_ns(model, histogram, 0.5, max)));
	json_object_set_new(
		value, "p99",
		value_number(few ? max : model_quantile_ns(model, histogram, 0.99, max)));
	return value;
}

static json_t *lock_value(const struct report *report, uint32_t index)
{
	const struct model *model = report->analysis->model;
	const struct lock *lock = &model->locks[index];
	json_t *value = json_object(), *hold;

	hold = times_value(model, lock->hold_samples, lock->hold_total_ns, lock->hold_max_ns,
			   lock->hold_buckets);
	json_object_set_new(hold, "samples", value_number(lock->hold_samples));
	json_object_set_new(value, "id", value_label('L', index));
	json_object_set_new(value, "name", value_text(names_lock(report->analysis->names, index)));
	json_object_set_new(value, "kind", json_string(lock_kind_name(lock->kind)));
	if (lock->given_class) {
		json_object_set_new(value, "class", value_text(lock->given_class));
		json_object_set_new(value, "level", json_integer(lock->level));
	}
	if (lock->kind == TRACE_LOCK_thread)
		json_object_set_new(value, "thread", value_label_or_null('T', lock->thread));
	json_object_set_new(value, "address", json_sprintf("0x%" PRIx64, lock->address));
	json_object_set_new(value, "process", value_number(value_pid(report, lock->process)));
	json_object_set_new(value, "created", created_value(report, lock->created_stack));
	json_object_set_new(value, "acquisitions", value_number(lock->acquisitions));
	json_object_set_new(value, "contended", value_number(lock->contended));
	json_object_set_new(value, "threads", value_number(lock->threads));
	json_object_set_new(value, "wait_ns",
			    times_value(model, lock->contended, lock->wait_total_ns,
					lock->wait_max_ns, lock->wait_buckets));
	json_object_set_new(value, "hold_ns", hold);
	return value;
}

/* Whether each lock is to be listed: all that were taken, or only the interesting when they are
 * many. */
static bool *locks_to_list(const struct report *report)
{
	const struct model *model = report->analysis->model;
	bool *wanted = xcalloc(model->lock_count + 1, sizeof(*wanted));
	size_t taken = 0, i, k;

	for (i = 0; i < model->lock_count; i++)
		taken += model->locks[i].acquisitions > 0;
	for (i = 0; i < model->lock_count; i++)
		wanted[i] = taken <= MAX_LOCKS ? model->locks[i].acquisitions > 0
					       : model->locks[i].contended > 0;
	for (i = 0; i < model->held_count; i++)
		if (model->helds[i].want_lock != NO_INDEX)
			wanted[model->helds[i].want_lock] = true;
	for (i = 0; i < report->findings->count; i++) {
		const struct finding *finding = &report->findings->items[i];

		for (k = 0; k < finding->lock_count; k++)
			wanted[finding->locks[k]] = true;
		for (k = 0; k < finding->step_count; k++) {
			size_t h;

			if (finding->steps[k].wants.lock != NO_INDEX)
				wanted[finding->steps[k].wants.lock] = true;
			for (h = 0; h < finding->steps[k].hold_count; h++)
				wanted[finding->steps[k].holds[h].lock] = true;
		}
	}
	return wanted;
}

/* *left_out: locks that were taken and are not in the list. */
static json_t *locks_value(const struct report *report, uint64_t *left_out)
{
	const struct model *model = report->analysis->model;
	bool *wanted = locks_to_list(report);
	json_t *value = json_array();
	uint32_t i;

	*left_out = 0;
	for (i = 0; i < model->lock_count; i++) {
		if (wanted[i])
			json_array_append_new(value, lock_value(report, i));
		else
			*left_out += model->locks[i].acquisitions > 0;
	}
	free(wanted);
	return value;
}

static json_t *threads_value(const struct report *report)
{
	const struct model *model = report->analysis->model;
	json_t *value = json_array();
	uint32_t i;

	for (i = 0; i < model->thread_count; i++) {
		const struct thread *thread = &model->threads[i];
		json_t *entry = json_object();

		if (thread->state & TRACE_THREAD_FAILED) {
			json_decref(entry);
			continue;
		}
		json_object_set_new(entry, "id", value_label('T', i));
		json_object_set_new(entry, "process",
				    value_number(value_pid(report, thread->process)));
		json_object_set_new(entry, "tid", value_number(thread->tid));
		json_object_set_new(entry, "name",
				    value_text(names_thread(report->analysis->names, i)));
		json_object_set_new(entry, "created", created_value(report, thread->created_stack));
		json_object_set_new(entry, "joined",
				    json_boolean(thread->state & TRACE_THREAD_JOINED));
		json_array_append_new(value, entry);
	}
	return value;
}

static json_t *coverage_value(const struct report *report, uint64_t locks_left_out)
{
	static const char *const drop_names[TRACE_DROP_SLOTS] = {
#define D(code, name, help) [code] = #name,
		TRACE_DROPS(D)
#undef D
	};
	json_t *value = json_object(), *drops = json_object(), *lost = json_array();
	const char *nothing = coverage_nothing(report->analysis->model);
	struct coverage coverage;
	size_t i, code;

	coverage_take(report, &coverage);
	for (code = 0; code < TRACE_DROP_SLOTS && drop_names[code]; code++)
		json_object_set_new(drops, drop_names[code], value_number(coverage.drops[code]));
	for (i = 0; i < report->lost_count; i++)
		json_array_append_new(lost, value_text(report->lost[i]));
	if (nothing)
		json_array_append_new(lost, json_string(nothing));
	json_object_set_new(value, "acquisitions", value_number(coverage.acquisitions));
	json_object_set_new(value, "situations", value_number(coverage.situations));
	json_object_set_new(value, "nestings", value_number(coverage.nestings));
	json_object_set_new(value, "locks", value_number(coverage.locks));
	json_object_set_new(value, "never_contended", value_number(coverage.uncontended));
	json_object_set_new(value, "drops", drops);
	json_object_set_new(value, "truncated_searches", value_number(coverage.truncated));
	json_object_set_new(value, "early", value_number(coverage.early));
	json_object_set_new(value, "widened", value_number(coverage.widened));
	json_object_set_new(value, "ignored", value_number(coverage.ignored));
	json_object_set_new(value, "unordered_objects", value_number(coverage.unordered_objects));
	json_object_set_new(value, "unordered_children", value_number(coverage.unordered_children));
	json_object_set_new(value, "futex_calls", value_number(coverage.futex_calls));
	json_object_set_new(value, "futex_places", value_number(coverage.futex_places));
	json_object_set_new(value, "locks_left_out", value_number(locks_left_out));
	json_object_set_new(value, "lost", lost);
	return value;
}

static bool print(const struct report *report, FILE *stream)
{
	json_t *value = json_object();
	uint64_t left_out;
	bool done;

	json_object_set_new(value, "schema", json_string("gordian-report/1"));
	json_object_set_new(value, "verdict",
			    json_string(report_verdict_name(report_verdict(report))));
	json_object_set_new(value, "gate", value_gate(report));
	json_object_set_new(value, "summary", summary_value(report));
	json_object_set_new(value, "processes", processes_value(report));
	json_object_set_new(value, "findings", findings_value(report));
	json_object_set_new(value, "locks", locks_value(report, &left_out));
	json_object_set_new(value, "threads", threads_value(report));
	json_object_set_new(value, "waits", waits_value(report));
	json_object_set_new(value, "coverage", coverage_value(report, left_out));
	done = json_dumpf(value, stream, JSON_INDENT(1)) == 0 && fputc('\n', stream) != EOF &&
	       !ferror(stream);
	json_decref(value);
	return done;
}

const struct format format_json = {
	.name = "json",
	.help = "everything, for scripts (schema gordian-report/1)",
	.print = print,
	.print_waits = print,
};
