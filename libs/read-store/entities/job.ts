import { defineEntity, p } from '@mikro-orm/core';

const state = [
  'case when end_state is not null then end_state',
  "when stopping_at is not null or forced_at is not null then 'stopping'",
  "when started_at is not null then 'running'",
  "else 'ready' end",
].join(' ');

/** A job as it changes. */
export const JobEntity = defineEntity({
  name: 'Job',
  tableName: 'jobs',
  indexes: [
    { properties: ['owner', 'id'] },
    { properties: ['environment', 'id'] },
    { properties: ['state', 'id'] },
    { properties: ['finishedAt', 'id'] },
  ],
  properties: {
    id: p.integer().primary().autoincrement(false),
    type: p.text(),
    /** Follows from the times, in whatever order they were written. */
    state: p.text().generated(`(${state}) stored`).ignoreSchemaChanges('collation'),
    task: p.text(),
    environment: p.text().ignoreSchemaChanges('collation'),
    owner: p.text(),
    nodesNew: p.integer(),
    nodesRunning: p.integer(),
    nodesFinished: p.integer(),
    nodesFailed: p.integer(),
    nodesErrored: p.integer(),
    nodesSkipped: p.integer(),
    createdAt: p.bigint('number'),
    startedAt: p.bigint('number').nullable(),
    /** When it was told to stop without force; a stop with force may follow. */
    stoppingAt: p.bigint('number').nullable(),
    /** When it was told to stop with force. */
    forcedAt: p.bigint('number').nullable(),
    finishedAt: p.bigint('number').nullable(),
    endState: p.text().nullable(),
  },
});

/** What never changes of a job and is only shown; apart from it as with schedules. */
export const JobDetails = defineEntity({
  name: 'JobDetails',
  tableName: 'job_details',
  properties: {
    id: p.integer().primary().autoincrement(false),
    details: p.text(),
  },
});
