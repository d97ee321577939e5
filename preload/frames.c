/* Owns the activations that locks lie in. */
#include "frames.h"

#include "arena.h"

enum { CHECKED = 4 }; /* return addresses: that of the frame, and of those around it */

struct activation {
	struct activation *outer;
	struct lock *locks;
	uint64_t places[CHECKED]; /* where the return addresses stand; 0: not known */
	uint64_t pcs[CHECKED];
};

static bool lasts(const struct activation *activation, uint64_t frame)
{
	if (activation->places[0] <= frame)
		return false;
	for (unsigned i = 0; i < CHECKED && activation->places[i]; i++) {
		if (*(const uint64_t *)activation->places[i] != activation->pcs[i])
			return false;
	}
	return true;
}

static void end(struct thread *thread)
{
	struct activation *activation = thread->activations;

	thread->activations = activation->outer;
	while (activation->locks)
		locks_destroy((void *)(uintptr_t)activation->locks->address);
	arena_free(activation, sizeof(*activation));
}

/* A frame that lasts has only such around it. */
void frames_check(struct thread *self, const void *frame)
{
	self->frame = (uintptr_t)frame;
	if (likely(!self->activations) || self->frame < self->stack_low ||
	    self->frame >= self->stack_high)
		return;
	while (self->activations && !lasts(self->activations, self->frame))
		end(self);
}

static struct activation *find(struct thread *self, uint64_t place)
{
	struct activation **at = &self->activations, *activation;

	while (*at && (*at)->places[0] < place)
		at = &(*at)->outer;
	if (*at && (*at)->places[0] == place)
		return *at;
	activation = arena_alloc(sizeof(*activation));
	if (!activation)
		return NULL;
	activation->outer = *at;
	*at = activation;
	return activation;
}

void frames_enter(struct thread *self, struct lock *lock, struct stack *stack)
{
	const uint32_t *places = stack ? stack_places(stack) : NULL;
	uint64_t place = lock_place(lock->address);
	struct activation *activation;
	unsigned i = 0;

	if (!stack || place < self->frame || self->frame < self->stack_low ||
	    place >= self->stack_high)
		return;
	while (i < stack->count && places[i] && self->frame + places[i] <= place)
		i++;
	if (i == 0 || i == stack->count || !places[i])
		return;
	activation = find(self, self->frame + places[i]);
	if (!activation)
		return;
	for (unsigned n = 0; n < CHECKED && i < stack->count && places[i]; n++, i++) {
		activation->places[n] = self->frame + places[i];
		activation->pcs[n] = stack->pcs[i];
	}
	lock->next = activation->locks;
	lock->link = &activation->locks;
	if (lock->next)
		lock->next->link = &lock->next;
	activation->locks = lock;
}

void frames_leave(struct lock *lock)
{
	if (!lock->link)
		return;
	*lock->link = lock->next;
	if (lock->next)
		lock->next->link = lock->link;
	lock->link = NULL;
}

void frames_end_thread(struct thread *thread)
{
	uint64_t low = thread->stack_low, high = thread->stack_high;

	while (thread->activations)
		end(thread);
	thread->stack_low = thread->stack_high = 0;
	if (high && locks_maybe_in(low, high - low))
		locks_end_range(low, high);
}
