/* Owns the locks of each thread that it shares with its creator, and of whom all are gone. */
#include "address_map.h"
#include "arena.h"
#include "between_locks.h"

static struct address_map parties;		     /* thread records -> struct between_party */
static struct between_party *settled, *settled_last; /* in turn */

struct between_party *between_party(uint32_t thread)
{
	return (struct between_party *)(uintptr_t)address_map_get(&parties, thread);
}

struct between_party *between_party_join(struct between *between, uint32_t thread)
{
	struct between_party *party = between_party(thread);

	if (!party) {
		party = arena_alloc(sizeof(*party));
		if (!party || !address_map_put(&parties, thread, (uintptr_t)party)) {
			arena_free(party, sizeof(*party));
			return NULL;
		}
		party->thread = thread;
		party->creator = ((const struct trace_thread *)trace_at(thread))->creator;
	}
	between->party = party;
	between->next = party->first;
	party->first = between;
	party->count++;
	party->alive++;
	return party;
}

void between_party_leave(struct between *between)
{
	struct between_party *party = between->party;
	struct between **at = party ? &party->first : NULL;

	if (!party)
		return;
	while (*at != between)
		at = &(*at)->next;
	*at = between->next;
	between->party = NULL;
	party->count--;
	party->alive -= !between->dead;
}

static void remove_settled(const struct between_party *party)
{
	struct between_party **at = &settled, *before = NULL;

	while (*at != party) {
		before = *at;
		at = &before->next;
	}
	*at = party->next;
	if (settled_last == party)
		settled_last = before;
}

void between_party_settle(struct between_party *party)
{
	if (!party->ended || party->alive || party->settled)
		return;
	party->settled = true;
	party->next = NULL;
	if (settled)
		settled_last->next = party;
	else
		settled = party;
	settled_last = party;
}

void between_party_end(struct between_party *party, void (*end)(struct between *between))
{
	if (party->settled)
		remove_settled(party);
	while (party->first)
		end(party->first);
	address_map_remove(&parties, party->thread);
	arena_free(party, sizeof(*party));
}

bool between_concerns(uint32_t thread)
{
	return between_any && between_party(thread);
}

void between_ended(uint32_t thread)
{
	struct between_party *party = between_party(thread);

	party->ended = true;
	between_party_settle(party);
}

uint32_t between_settled(uint32_t creator)
{
	struct between_party *party = settled;

	while (party && party->creator != creator)
		party = party->next;
	if (!party)
		return 0;
	remove_settled(party);
	party->settled = false;
	return party->thread;
}

bool between_is_open(uint32_t thread)
{
	const struct between_party *party = between_any ? between_party(thread) : NULL;

	return party && party->alive;
}

void between_party_reset(void)
{
	address_map_free(&parties);
	settled = NULL;
}
