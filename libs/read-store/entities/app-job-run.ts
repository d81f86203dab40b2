import { defineEntity, p } from '@mikro-orm/core';

/** An occurrence of a job of an app that fired. */
export const AppJobRun = defineEntity({
  name: 'AppJobRun',
  tableName: 'app_job_runs',
  indexes: [
    { properties: ['job', 'run'] },
    { name: 'app_job_runs_superseding_index', properties: ['job', 'run'], where: 'supersedes = 1' },
    { name: 'app_job_runs_dead_index', properties: ['deadSince', 'run'], where: 'dead_since is not null' },
  ],
  properties: {
    /** Of another type on SQLite, as with jobs. */
    run: p.bigint('number').primary().autoincrement(false).ignoreSchemaChanges('type'),
    job: p.bigint('number'),
    occurrence: p.bigint('number'),
    firedAt: p.bigint('number'),
    /** `schedule` or `request`. */
    firedBy: p.text(),
    /** 1: the runs of its job that were being delivered ended with it; 0: they did not. */
    supersedes: p.integer(),
    /** `due`, `delivered`, `unknown-to-app`, `given-up` or `discarded`; what superseded it does not name it. */
    state: p.text(),
    /** Of the last attempt, where that was no failure. */
    startedAt: p.bigint('number').nullable(),
    finishedAt: p.bigint('number').nullable(),
    /** Attempts that have ended. */
    attempts: p.integer(),
    /** When it was given up; null: it is no dead letter. */
    deadSince: p.bigint('number').nullable(),
    /** When it was last asked for again; from then on it does not end with its job. Null: nobody has. */
    redeliveredAt: p.bigint('number').nullable(),
  },
});

/** An attempt to deliver a run that failed. */
export const AppJobAttempt = defineEntity({
  name: 'AppJobAttempt',
  tableName: 'app_job_attempts',
  properties: {
    run: p.bigint('number').primary(),
    /** From 1. */
    attempt: p.integer().primary(),
    startedAt: p.bigint('number'),
    finishedAt: p.bigint('number'),
    /** JSON of the `AttemptFailure`. */
    failure: p.text(),
  },
});

/** Occurrences of a job of an app that did not fire. */
export const AppJobSkip = defineEntity({
  name: 'AppJobSkip',
  tableName: 'app_job_skips',
  properties: {
    job: p.bigint('number').primary(),
    /** Event number. */
    number: p.bigint('number').primary(),
    reason: p.text(),
    firstAt: p.bigint('number'),
    lastAt: p.bigint('number'),
    count: p.bigint('number'),
    /** 1: there were more than were counted; 0: there were not. */
    isAtLeast: p.integer(),
  },
});
