/* Tryers of a lock that a pointer or a function tells, which may tell another one by then. */
#include "tryers_found.h"
#include <stddef.h>

static pthread_mutex_t common = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *current = &common;

void of_file(struct desk *desk)
{
	if (pthread_mutex_trylock(&common)) {
		desk->refusals++;
		pthread_mutex_lock(&common);
	}
	barrier();
}

void of_pointer(struct desk *desk)
{
	(void)desk;
	if (pthread_mutex_trylock(current))
		pthread_mutex_lock(current);
	barrier();
}

void of_pointer_changed(struct desk *desk)
{
	if (pthread_mutex_trylock(current)) {
		current = &desk->lock;
		barrier();
		pthread_mutex_lock(current);
	}
	barrier();
}

void of_far(struct desk *desk)
{
	if (pthread_mutex_trylock(desk->far))
		pthread_mutex_lock(desk->far);
	barrier();
}

void of_far_changed(struct desk *desk)
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

void of_found(struct desk *desk)
{
	struct desk *found = find_desk(desk);
	if (pthread_mutex_trylock(&found->lock)) {
		found->refusals++;
		pthread_mutex_lock(&found->lock);
	}
	barrier();
}

void of_found_again(struct desk *desk)
{
	struct desk *found = find_desk(desk);
	if (pthread_mutex_trylock(&found->lock)) {
		found = find_desk(desk);
		pthread_mutex_lock(&found->lock);
	}
	barrier();
}

void of_found_other(struct desk *desk)
{
	struct desk *found = find_desk(desk);
	if (pthread_mutex_trylock(&found->lock))
		pthread_mutex_lock(&found->other);
	barrier();
}

void of_found_one(struct desk *desk)
{
	struct desk *found = find_desk(desk), *tried = found->refusals ? found : desk;
	if (pthread_mutex_trylock(&tried->lock))
		pthread_mutex_lock(&found->lock);
	barrier();
}

/* The first of those that are free, or the last one. */
void of_list(struct desk *desk)
{
	struct desk *at = find_desk(desk);
	while (pthread_mutex_trylock(&at->lock) && at->found)
		at = at->found;
	barrier();
}

void of_list_next(struct desk *desk)
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

void of_array(struct desk *desk)
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
void of_changed_within(struct desk *desk)
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

void of_changed_known(struct desk *desk)
{
	struct desk *found;
	find_knowing(desk, &found);
	if (pthread_mutex_trylock(&found->lock)) {
		find_next_known();
		pthread_mutex_lock(&found->lock);
	}
	barrier();
}

void of_changed_here(struct desk *desk)
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
