/* Owns the trial records: one for each situation in which a try failed. */
#include "trials.h"

#include "address_map.h"
#include "between.h"

#include <string.h>

static struct address_map trials; /* node reference -> trial reference; under the recorder's lock */

struct trace_trial *trials_record(struct thread *self, const struct trace_node *node)
{
	struct trace_trial *record;
	struct slow slow;

	slow_begin(&slow, self);
	record = trace_at((uint32_t)address_map_get(&trials, trace_ref(node)));
	if (!record) {
		record = trace_alloc(&recorder_cursor, TRACE_TYPE_trial, sizeof(*record));
		if (record) {
			record->node = trace_ref(node);
			trace_commit(&recorder_cursor, record);
			address_map_put(&trials, record->node, trace_ref(record));
		}
	}
	if (record)
		between_tried(node, trace_ref(record));
	slow_end(&slow);
	return record;
}

/* Who tries again and again, does so in the same situation. */
void trial_failed(struct thread *self, const struct acquire *acquire)
{
	struct failed_try *failed = &self->failed_try;
	uint64_t key = tree_situation_key(self, acquire);
	const struct trace_node *node;

	if (key != failed->key) {
		node = tree_situation(self, acquire);
		failed->record = node ? trials_record(self, node) : NULL;
		failed->key = failed->record ? key : 0;
		failed->lock = acquire->lock;
	}
	self->tried = failed->record != NULL;
}

void trial_settle_slow(struct thread *self, const void *lock, enum trial_outcome outcome)
{
	struct failed_try *failed = &self->failed_try;

	self->tried = false;
	if (failed->lock != lock || outcome == TRIAL_ABANDONED)
		failed->record->abandoned++;
	else if (outcome == TRIAL_TIMED)
		failed->record->timed++;
	else
		failed->record->waited++;
}

void trials_reset(void)
{
	trials.used = 0;
	if (trials.slots)
		memset(trials.slots, 0, trials.count * sizeof(*trials.slots));
}
