#include "json_waits.h"

#include "json_values.h"

static json_t *holds_value(const struct report *report, const struct waiter *waiter)
{
	const struct model *model = report->analysis->model;
	json_t *value = json_array();

	for (uint32_t i = 0; i < waiter->depth; i++) {
		const struct node *node;
		struct finding_hold hold;

		if (waiter->held->nodes[i] == NO_INDEX)
			continue;
		node = &model->nodes[waiter->held->nodes[i]];
		if (node_is_ordering(model, node))
			continue;
		hold = (struct finding_hold){node->lock, node->op, node->stack};
		json_array_append_new(value, value_hold(report, &hold));
	}
	return value;
}

static json_t *held_by_value(const struct wait_graph *graph, const struct waiter *waiter)
{
	json_t *value = json_array();

	for (uint32_t i = 0; i < waiter->holder_count; i++)
		json_array_append_new(value,
				      value_label('T', graph->waiters[waiter->holders[i]].thread));
	return value;
}

static json_t *waiter_value(const struct report *report, const struct wait_graph *graph,
			    const struct waiter *waiter)
{
	const struct model *model = report->analysis->model;
	struct finding_hold wants = {waiter->lock, waiter->op, waiter->stack};
	bool waits = waiter->limit != WAIT_NOT;
	json_t *value = json_object();

	json_object_set_new(value, "thread", value_label('T', waiter->thread));
	json_object_set_new(
		value, "process",
		value_number(value_pid(report, model->threads[waiter->thread].process)));
	json_object_set_new(value, "doing",
			    value_text(report->doing ? report->doing[waiter->thread] : NULL));
	json_object_set_new(value, "holds", holds_value(report, waiter));
	json_object_set_new(value, "wants", waits ? value_hold(report, &wants) : json_null());
	json_object_set_new(value, "timed", json_boolean(waiter->limit == WAIT_TIMED));
	json_object_set_new(value, "since_ns", value_number_or_null(waiter->since_ns));
	json_object_set_new(value, "waited_ns", value_number_or_null(waiter->waited_ns));
	json_object_set_new(value, "held_by", held_by_value(graph, waiter));
	return value;
}

json_t *waits_value(const struct report *report)
{
	const struct model *model = report->analysis->model;
	struct wait_graph *graph = wait_graph_new(model, report->analysis->facts);
	json_t *value = json_array();

	for (uint32_t i = 0; i < graph->count; i++) {
		const struct waiter *waiter = &graph->waiters[i];

		if (!process_ended(&model->processes[model->threads[waiter->thread].process]))
			json_array_append_new(value, waiter_value(report, graph, waiter));
	}
	wait_graph_free(graph);
	return value;
}
