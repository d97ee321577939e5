/*
 * Owns schedules in which several threads come to where they hold what others want. Who holds it
 * too early keeps out those who have to come first; so all wait at first where they begin to hold
 * what they keep, and then come to their stops one after the other. In which order is tried.
 */
#include "held_back_private.h"

/* One way to bring them there. */
struct way {
	bool waits_first; /* the first stop before the others, else after them */
	bool backwards;	  /* the others from the last one on */
	bool at_once;	  /* all go on at first to the epochs of their stops */
	bool called;	  /* the others only as far as they must */
	bool begun;	  /* so all go on at first to where they begin to hold what they keep */
};

static const struct way ways[] = {
	{.waits_first = true},
	{.waits_first = false},
	{.waits_first = false, .backwards = true},
	{.waits_first = true, .at_once = true},
	{.waits_first = false, .at_once = true},
	{.waits_first = true, .called = true},
	{.waits_first = false, .called = true},
	{.waits_first = false, .backwards = true, .called = true},
	{.waits_first = true, .called = true, .begun = true},
	{.waits_first = false, .called = true, .begun = true},
};

struct attempt {
	struct held_back *held;
	const struct held_stop *stops;
	size_t count;
	uint64_t *steps;
};

static uint64_t undone(const struct held_stop *stop)
{
	return stop->waits ? (uint64_t)stop->epoch + 1 : stop->epoch;
}

static void begin(const struct attempt *attempt, const struct way *way,
		  const struct held_point *points, size_t count)
{
	struct held_back *held = attempt->held;

	held_back_begin(held, points, count);
	held_locks_begin(held->locks);
	held->waiter = attempt->stops[0].thread;
	held->surely = held->locked = true;
	held->stops = attempt->stops;
	held->stop_count = attempt->count;
	held->points = points;
	held->point_count = count;
	held->there_yet = 0;
	for (size_t i = 0; i < attempt->count; i++) {
		const struct held_stop *stop = &attempt->stops[i];

		held_back_hold(held, stop->thread, way->at_once ? stop->epoch : stop->since,
			       undone(stop));
	}
}

/* To its stop, from the epoch of that. */
static bool stay(const struct attempt *attempt, const struct held_stop *stop)
{
	struct held_locks *locks = attempt->held->locks;

	if (attempt->held->lines[stop->thread].reach <= stop->epoch)
		return false;
	if (!stop->waits)
		return held_locks_go_to(locks, stop->node, stop->epoch, attempt->steps);
	if (held_locks_until(locks, stop->thread, stop->epoch, (uint64_t)stop->epoch + 1,
			     attempt->steps) <= stop->epoch)
		return false;
	held_locks_keep(locks, stop->thread, stop->node);
	return true;
}

/* The stop that comes as the k-th. */
static const struct held_stop *turn(const struct attempt *attempt, const struct way *way, size_t k)
{
	if (way->waits_first)
		return &attempt->stops[k];
	if (k + 1 == attempt->count)
		return &attempt->stops[0];
	return &attempt->stops[way->backwards ? attempt->count - 1 - k : k + 1];
}

/* Everybody as far as they can, with the stops where what they keep begins. */
static void go_on_at_first(const struct attempt *attempt)
{
	struct held_back *held = attempt->held;

	held_back_all_go_on(held, attempt->stops[0].thread, attempt->steps);
	if (held_back_all_to_begin(held, attempt->steps))
		held_back_all_go_on(held, attempt->stops[0].thread, attempt->steps);
}

/* Whether all come to their stops so. */
static bool come(const struct attempt *attempt, const struct way *way, uint64_t *reach)
{
	struct held_back *held = attempt->held;
	bool all = true;

	if (!way->called)
		go_on_at_first(attempt);
	for (size_t k = 0; way->begun && k < attempt->count; k++) {
		const struct held_stop *stop = turn(attempt, way, k);

		held_back_call(held, stop->thread, stop->since, attempt->steps);
	}
	for (size_t k = 0; k < attempt->count; k++) {
		const struct held_stop *stop = turn(attempt, way, k);

		held->lines[stop->thread].held = stop->epoch;
		if (way->called)
			held_back_call(held, stop->thread, stop->epoch, attempt->steps);
		else
			held_back_all_go_on(held, stop->thread, attempt->steps);
		all &= stay(attempt, stop);
		held->there_yet |= 1u << (stop - attempt->stops);
	}
	*reach = all;
	for (size_t i = 0; i < attempt->count; i++)
		*reach += held->lines[attempt->stops[i].thread].reach;
	return all && *attempt->steps;
}

/* Whether one of the waits may be over. */
static bool any_is_free(const struct attempt *attempt)
{
	for (size_t i = 0; i < attempt->count; i++) {
		const struct held_stop *stop = &attempt->stops[i];
		const struct held_point wait = {stop->thread, stop->epoch + 1, NO_INDEX};

		if (stop->waits && held_back_is_free(attempt->held, &wait, attempt->steps))
			return true;
	}
	return false;
}

bool held_back_circle(struct held_back *held, const struct held_stop *stops, size_t stop_count,
		      const struct held_point *points, size_t count, uint64_t *reach,
		      uint64_t *most, uint64_t *steps)
{
	const struct attempt attempt = {held, stops, stop_count, steps};
	uint64_t so_far;

	if (!held->locks)
		held->locks = held_locks_new(held->model, held->told);
	held->unsure = false;
	held_locks_begin_sure(held->locks);
	*reach = 0;
	*most = 1;
	for (size_t i = 0; i < stop_count; i++)
		*most += (uint64_t)stops[i].epoch + 1;
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		begin(&attempt, &ways[i], points, count);
		if (!come(&attempt, &ways[i], &so_far)) {
			*reach = so_far > *reach ? so_far : *reach;
			continue;
		}
		*reach = *most;
		held_back_all_go_on(held, stops[0].thread, steps);
		held->surely = false;
		held_back_all_go_on(held, stops[0].thread, steps);
		if (!any_is_free(&attempt) && *steps)
			return true;
	}
	return false;
}
