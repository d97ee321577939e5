/*
 * What conditions tell: how often each was signalled, and which mutexes they were signalled under.
 * Who takes such a mutex in a way that is new to it may find there what it would have waited for
 * otherwise: it has come to news. All under the recorder's lock.
 */
#ifndef GORDIAN_NEWS_H
#define GORDIAN_NEWS_H

#include "recorder.h"

/* A thread signals the condition, for the `count`-th time. */
void news_count(uint32_t condition, uint32_t count);
/*
 * Whether the condition orders nothing: of whichever thread it would be that signals, all others
 * have done so more often than any waits that there are events of (`most` of them), and signals
 * itself (sync_order.h of the analysis).
 */
bool news_are_too_many(uint32_t condition, uint32_t most);

/* Under that node a condition is signalled, of that record. */
void news_begin(uint32_t under, uint32_t condition);
/* The same, and each mutex around it may be that of the condition. */
void news_begin_inside(uint32_t under, uint32_t condition);
/* Whether who makes that node may come to news: of each mutex's record the first few times. */
bool news_may_come(const struct trace_node *node);
/* It has: that is counted. The record of the condition that was signalled last; 0: not any more. */
uint32_t news_have_come(const struct trace_node *node);

/* Whether there have been so many that no more are told of. */
bool news_are_over(const struct trace_node *node);

/* A new trace. */
void news_reset(void);

#endif
