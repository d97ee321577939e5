/*
 * Owns the tryers whose aliases decide: whether two addresses, or what was read twice from one, are
 * the same lock still.
 */
#include "compiled.h"
#include "tryers.h"
#include <string.h>

static pthread_mutex_t common = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *current = &common;

static void of_file(struct desk *desk)
{
	if (pthread_mutex_trylock(&common)) {
		desk->refusals++;
		pthread_mutex_lock(&common);
	}
	barrier();
}

static void of_pointer(struct desk *desk)
{
	(void)desk;
	if (pthread_mutex_trylock(current))
		pthread_mutex_lock(current);
	barrier();
}

static void of_pointer_changed(struct desk *desk)
{
	if (pthread_mutex_trylock(current)) {
		current = &desk->lock;
		barrier();
		pthread_mutex_lock(current);
	}
	barrier();
}

static void of_far(struct desk *desk)
{
	if (pthread_mutex_trylock(desk->far))
		pthread_mutex_lock(desk->far);
	barrier();
}

static void of_far_changed(struct desk *desk)
{
	if (pthread_mutex_trylock(desk->far)) {
		desk->far = &desk->other;
		barrier();
		pthread_mutex_lock(desk->far);
	}
	barrier();
}

APART struct desk *find_desk(struct desk *desk)
{
	barrier();
	return desk->found;
}

static void of_found(struct desk *desk)
{
	struct desk *found = find_desk(desk);
	if (pthread_mutex_trylock(&found->lock)) {
		found->refusals++;
		pthread_mutex_lock(&found->lock);
	}
	barrier();
}

static void of_found_again(struct desk *desk)
{
	struct desk *found = find_desk(desk);
	if (pthread_mutex_trylock(&found->lock)) {
		found = find_desk(desk);
		pthread_mutex_lock(&found->lock);
	}
	barrier();
}

static void of_found_other(struct desk *desk)
{
	struct desk *found = find_desk(desk);
	if (pthread_mutex_trylock(&found->lock))
		pthread_mutex_lock(&found->other);
	barrier();
}

static void of_found_one(struct desk *desk)
{
	struct desk *found = find_desk(desk), *tried = found->refusals ? found : desk;
	if (pthread_mutex_trylock(&tried->lock))
		pthread_mutex_lock(&found->lock);
	barrier();
}

/* The first of those that are free, or the last one. */
static void of_list(struct desk *desk)
{
	struct desk *at = find_desk(desk);
	while (pthread_mutex_trylock(&at->lock) && at->found)
		at = at->found;
	barrier();
}

static void of_list_next(struct desk *desk)
{
	struct desk *at = find_desk(desk);
	while (pthread_mutex_trylock(&at->lock)) {
		at = at->found;
		if (!at->found) {
			pthread_mutex_lock(&at->lock);
			break;
		}
	}
	barrier();
}

static void of_array(struct desk *desk)
{
	struct desk *one = &desk->all[desk->refusals % 8];
	if (pthread_mutex_trylock(&one->lock))
		pthread_mutex_lock(&one->lock);
	barrier();
}

static APART void find_into(struct desk *desk, struct desk **found)
{
	barrier();
	*found = desk->found;
}

static APART void find_next(struct desk ***found)
{
	**found = (**found)->found;
	barrier();
}

/* What is called in between changes the local variable. */
static void of_changed_within(struct desk *desk)
{
	struct desk *found, **at = &found;
	find_into(desk, &found);
	if (pthread_mutex_trylock(&found->lock)) {
		find_next(&at);
		pthread_mutex_lock(&found->lock);
	}
	barrier();
}

/* What is called in between knows of the local variable from before. */
static struct desk **known;

static APART void find_knowing(struct desk *desk, struct desk **found)
{
	known = found;
	*found = desk->found;
	barrier();
}

static APART void find_next_known(void)
{
	*known = (*known)->found;
	barrier();
}

static void of_changed_known(struct desk *desk)
{
	struct desk *found;
	find_knowing(desk, &found);
	if (pthread_mutex_trylock(&found->lock)) {
		find_next_known();
		pthread_mutex_lock(&found->lock);
	}
	barrier();
}

static void of_changed_here(struct desk *desk)
{
	struct desk *found, **at = &found;
	find_knowing(desk, &found);
	if (pthread_mutex_trylock(&found->lock)) {
		at = desk->stopped ? at : known;
		*at = found->found;
		pthread_mutex_lock(&found->lock);
	}
	barrier();
}

/* The lock that is tried was where the next one is now. */
static void of_popped(struct desk *desk)
{
	pthread_mutex_t *tried = desk->far;
	desk->far = &desk->other;
	barrier();
	if (pthread_mutex_trylock(tried))
		pthread_mutex_lock(desk->far);
	barrier();
}

/* The lock that is waited for was where the one is that is tried. */
static void of_popped_first(struct desk *desk)
{
	pthread_mutex_t *first = current;
	current = &desk->other;
	barrier();
	if (pthread_mutex_trylock(current))
		pthread_mutex_lock(first);
	barrier();
}

static void of_popped_twice(struct desk *desk)
{
	pthread_mutex_t *tried = desk->far;
	desk->far = &desk->other;
	barrier();
	if (pthread_mutex_trylock(tried)) {
		desk->refusals++;
		pthread_mutex_lock(tried);
	}
	barrier();
}

static void of_far_after(struct desk *desk)
{
	desk->far = desk->refusals ? &desk->other : &desk->lock;
	barrier();
	if (pthread_mutex_trylock(desk->far)) {
		desk->stopped = true;
		pthread_mutex_lock(desk->far);
	}
	barrier();
}

static APART void exchange(struct desk *desk)
{
	desk->far = &desk->other;
	barrier();
}

static void of_far_before(struct desk *desk)
{
	pthread_mutex_t *tried = desk->far;
	exchange(desk);
	if (pthread_mutex_trylock(tried))
		pthread_mutex_lock(desk->far);
	barrier();
}

/* What is tried was exchanged before that, by who tries it. */
static APART bool got_exchanged(struct desk *desk, pthread_mutex_t *tried)
{
	desk->far = &desk->other;
	barrier();
	bool got = pthread_mutex_trylock(tried) == 0;
	barrier();
	return got;
}

static void of_exchanged_within(struct desk *desk)
{
	if (!got_exchanged(desk, desk->far))
		pthread_mutex_lock(desk->far);
	barrier();
}

static APART bool got_counted(struct desk *desk, pthread_mutex_t *tried)
{
	desk->locked = true;
	return pthread_mutex_trylock(tried) == 0;
}

static void of_far_within(struct desk *desk)
{
	if (!got_counted(desk, desk->far))
		pthread_mutex_lock(desk->far);
	barrier();
}

static pthread_mutex_t *queue[4];

static void of_moved(struct desk *desk)
{
	queue[1] = &desk->other;
	queue[0] = &desk->lock;
	barrier();
	if (pthread_mutex_trylock(queue[0])) {
		memmove(queue, queue + 1, (size_t)desk->refusals * sizeof(*queue));
		pthread_mutex_lock(queue[0]);
	}
	barrier();
}

static APART bool got_or_next(struct desk *tried, struct desk **next)
{
	bool got = pthread_mutex_trylock(&tried->lock) == 0;
	if (!got)
		*next = tried->found;
	barrier();
	return got;
}

/* Who is refused is told of another one. */
static void of_found_told(struct desk *desk)
{
	struct desk *found;
	find_into(desk, &found);
	if (!got_or_next(found, &found))
		pthread_mutex_lock(&found->lock);
	barrier();
}

/* One of two local variables is written to, and it is not known which one. */
static void of_chosen_flag(struct desk *desk)
{
	volatile int refused, other = 0;
	volatile int *one;
	if (desk->stopped)
		one = &refused;
	else
		one = &other;
	refused = pthread_mutex_trylock(&desk->lock);
	*one = 0;
	if (refused)
		pthread_mutex_lock(&desk->lock);
	barrier();
}

static APART int tell_current(pthread_mutex_t **to, struct desk *desk)
{
	int refused = pthread_mutex_trylock(current);
	if (refused) {
		*to = &desk->other;
		barrier();
		pthread_mutex_lock(current);
	}
	barrier();
	return refused;
}

static void of_pointer_told(struct desk *desk)
{
	if (tell_current(&current, desk))
		desk->refusals++;
	barrier();
}

const struct tryer alias_tryers[] = {
	{"of_file", of_file, true, NULL},
	{"of_pointer", of_pointer, true, NULL},
	{"of_pointer_changed", of_pointer_changed, false, NULL},
	{"of_far", of_far, true, NULL},
	{"of_far_changed", of_far_changed, false, NULL},
	{"of_found", of_found, true, NULL},
	{"of_found_again", of_found_again, false, NULL},
	{"of_found_other", of_found_other, false, NULL},
	{"of_found_one", of_found_one, false, NULL},
	{"of_list", of_list, false, NULL},
	{"of_list_next", of_list_next, false, NULL},
	{"of_array", of_array, true, NULL},
	{"of_changed_within", of_changed_within, false, NULL},
	{"of_changed_known", of_changed_known, false, NULL},
	{"of_changed_here", of_changed_here, false, NULL},
	{"of_popped", of_popped, false, NULL},
	{"of_popped_first", of_popped_first, false, NULL},
	{"of_popped_twice", of_popped_twice, true, NULL},
	{"of_far_after", of_far_after, true, NULL},
	{"of_far_before", of_far_before, false, NULL},
	{"of_exchanged_within", of_exchanged_within, false, NULL},
	{"of_far_within", of_far_within, true, NULL},
	{"of_moved", of_moved, false, NULL},
	{"of_found_told", of_found_told, false, NULL},
	{"of_chosen_flag", of_chosen_flag, false, NULL},
	{"of_pointer_told", of_pointer_told, false, NULL},
	{0},
};
