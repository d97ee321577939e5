/* Owns the case of several threads any of which can end the wait. */
#include "holding_search.h"

/* Schedules that are tried for one wait, at most. */
enum { MOST_TRIALS = 64 };

bool holding_by_several(struct holding *holding, const struct units *units, uint32_t acquire,
			struct holding_found *found)
{
	struct holding_found at = {.wait = holding_wait_of(holding->model, acquire)};
	struct search search = {
		.holding = holding,
		.wait = &at.wait,
		.keep_count = 1,
		.most_trials = MOST_TRIALS,
		.stop_count = 1,
	};
	bool any = false;

	if (!holding_is_whole(holding) || !holding_waits(holding, &at.wait))
		return false;
	search.stops[0] = holding_stop_of(holding, &at.wait);
	for (at.outer = at.wait.node; at.outer != NO_INDEX && holding_spend(holding);
	     at.outer = node_of(holding, at.outer)->parent) {
		at.since = holding_since(holding, at.outer, at.wait.epoch - 1);
		search.keeps[0] = (struct holding_keep){at.outer, at.since};
		search_list_takers(&search, NULL);
		if (!search.count)
			continue;
		search_mark_takes(&search, units);
		if (!search_from_earliest(&search) || !search_put_needs(&search, &at))
			continue;
		*found = at;
		any = true;
	}
	return any && holding->steps_left;
}
