import { defineEntity, p } from '@mikro-orm/core';

/** A schedule that has a next run. Times here and in the other tables are milliseconds since the epoch. */
export const ScheduledJobEntity = defineEntity({
  name: 'ScheduledJob',
  tableName: 'scheduled_jobs',
  indexes: [
    // Each index holds all that the first step of a page needs: order, tie-break and filter.
    { properties: ['nextRun', 'id', 'type'] },
    { properties: ['scheduledTime', 'id', 'type'] },
    { properties: ['type', 'id'] },
    { properties: ['environment', 'id', 'type'] },
    { properties: ['owner', 'id', 'type'] },
  ],
  properties: {
    id: p.integer().primary().autoincrement(false),
    type: p.text().ignoreSchemaChanges('collation'),
    environment: p.text().ignoreSchemaChanges('collation'),
    owner: p.text(),
    nextRun: p.bigint('number'),
    scheduledTime: p.bigint('number'),
  },
});

/**
 * What is only shown of a schedule. It stands apart because a schedule's row changes with every run and its list of
 * nodes may be long; and as JSON because a column of PostgreSQL refuses U+0000 and huge numbers.
 */
export const ScheduledJobDetails = defineEntity({
  name: 'ScheduledJobDetails',
  tableName: 'scheduled_job_details',
  properties: {
    id: p.integer().primary().autoincrement(false),
    owner: p.text(),
    scheduledTime: p.bigint('number'),
    intervalS: p.bigint('number').nullable(),
    /** Why it has no next run: `deleted`, or `over` after its last one; null: it has one. */
    ended: p.text().nullable(),
    details: p.text(),
  },
});

/** The last occurrence of a schedule that became a job, or could not become one. */
export const ScheduledJobRun = defineEntity({
  name: 'ScheduledJobRun',
  tableName: 'scheduled_job_runs',
  properties: {
    id: p.integer().primary().autoincrement(false),
    at: p.bigint('number'),
    /** Null: there could be none. */
    job: p.integer().nullable(),
    /** JSON of the `RefusalReason`, where there could be no job. */
    refusal: p.text().nullable(),
  },
});

/**
 * How many schedules stand in each part of an order, so that a page far into it is found without passing over all
 * before it. The database keeps it, as it keeps an index: by triggers on the schedules, in whatever transaction.
 */
export const ScheduledJobCount = defineEntity({
  name: 'ScheduledJobCount',
  tableName: 'scheduled_job_counts',
  properties: {
    /** The column that schedules are ordered by. */
    ordering: p.text().primary(),
    /** The column's value, divided by the width of a part and rounded down. */
    bucket: p.bigint('number').primary(),
    type: p.text().primary(),
    /** At least 1. */
    count: p.bigint('number'),
  },
});

/** How wide a part of each order is. The triggers have these numbers too. */
export const BUCKET_WIDTHS = { next_run: 3_600_000, scheduled_time: 3_600_000, id: 4096 } as const;
