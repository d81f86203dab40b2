import { defineEntity, p } from '@mikro-orm/core';

const state = [
  "case when ended_at is not null then 'ended'",
  "when paused_at is not null then 'paused'",
  "when open_runs > 0 then 'due'",
  "else 'scheduled' end",
].join(' ');

/** Those that have ended grow ever more; no list of others passes over them, nor over the many that merely wait. */
const active = 'ended_at is null';
const ended = 'ended_at is not null';
const busy = 'paused_at is not null or open_runs > 0';

/** A job of an app as it changes. */
export const AppJobEntity = defineEntity({
  name: 'AppJob',
  tableName: 'app_jobs',
  indexes: [
    { name: 'app_jobs_active_name_index', properties: ['app', 'name', 'id'], where: active },
    { name: 'app_jobs_active_next_run_index', properties: ['app', 'nextRun', 'id'], where: active },
    { name: 'app_jobs_active_last_run_index', properties: ['app', 'lastRun', 'id'], where: active },
    { name: 'app_jobs_active_id_index', properties: ['app', 'id'], where: active },
    { name: 'app_jobs_busy_index', properties: ['app', 'state', 'id'], where: busy },
    { name: 'app_jobs_ended_name_index', properties: ['app', 'name', 'id'], where: ended },
    { name: 'app_jobs_ended_last_run_index', properties: ['app', 'lastRun', 'id'], where: ended },
    { name: 'app_jobs_ended_id_index', properties: ['app', 'id'], where: ended },
    { name: 'app_jobs_dead_letters_index', properties: ['app', 'deadLetters'], where: 'dead_letters > 0' },
  ],
  properties: {
    /** Of another type on SQLite, whose tables find rows fastest by a primary key of the type integer. */
    id: p.bigint('number').primary().autoincrement(false).ignoreSchemaChanges('type'),
    app: p.text().ignoreSchemaChanges('collation'),
    name: p.text().ignoreSchemaChanges('collation'),
    /** Follows from the columns below, in whatever order they were written. */
    state: p.text().generated(`(${state}) stored`).ignoreSchemaChanges('collation'),
    version: p.bigint('number'),
    createdAt: p.bigint('number'),
    /** Null: there is no further occurrence. */
    nextRun: p.bigint('number').nullable(),
    /** 0: none has fired. Null would be at another end of the order in each database. */
    lastRun: p.bigint('number'),
    /** How many have fired. */
    runs: p.bigint('number'),
    /** Those of the runs that its schedule has fired. */
    occurrences: p.bigint('number'),
    /** How many of them are being delivered. */
    openRuns: p.bigint('number'),
    /** How many of them are dead letters. */
    deadLetters: p.bigint('number'),
    /** How often occurrences were skipped. */
    skips: p.bigint('number'),
    pausedAt: p.bigint('number').nullable(),
    endedAt: p.bigint('number').nullable(),
    /** `completed`, `deleted` or `replaced`. */
    endReason: p.text().nullable(),
  },
});

/** What never changes of a job of an app and is only shown; apart from it as with schedules. */
export const AppJobDetails = defineEntity({
  name: 'AppJobDetails',
  tableName: 'app_job_details',
  properties: {
    id: p.bigint('number').primary().autoincrement(false).ignoreSchemaChanges('type'),
    details: p.text(),
  },
});

/**
 * How many jobs an app has in each state. The database keeps it, as it keeps an index: by triggers on the jobs, because
 * an event about a job does not tell whose it is.
 */
export const AppJobCount = defineEntity({
  name: 'AppJobCount',
  tableName: 'app_job_counts',
  properties: {
    app: p.text().primary().ignoreSchemaChanges('collation'),
    state: p.text().primary(),
    /** At least 1. */
    count: p.bigint('number'),
  },
});
