/*
 * A thread that reads again under a lock that it reads already. That is legal, and waits for
 * nobody, unless the lock lets writers first (TRACE_LOCK_WRITER_FIRST): then a writer that comes in
 * between waits for the first read to end, and the second read waits for the writer. It is
 * lock-order with a circle of one lock.
 */
#ifndef GORDIAN_REREAD_H
#define GORDIAN_REREAD_H

#include "finding.h"
#include "graph.h"
#include "place.h"
#include "unseen.h"
#include "witness.h"

/* (reader, writer) pairs that are looked at, at most. */
#define REREAD_MAX_PAIRS (1u << 22)

/* Adds what it finds. Returns how many were not judged to the end. */
uint64_t rereads_report(struct analysis *analysis, const struct graph *graph, struct places *places,
			struct witnesses *witnesses, struct unseen *unseen,
			struct findings *findings);

#endif
