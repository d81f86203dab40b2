import { defineEntity, p } from '@mikro-orm/core';

const state = [
  'case when end_state is not null then end_state',
  "when started_at is not null then 'running'",
  "else 'pending' end",
].join(' ');

/** A plan job as it changes. */
export const PlanJobEntity = defineEntity({
  name: 'PlanJob',
  tableName: 'plan_jobs',
  indexes: [
    { properties: ['owner', 'id'] },
    { properties: ['environment', 'id'] },
    { properties: ['state', 'id'] },
    { properties: ['finishedAt', 'id'] },
  ],
  properties: {
    id: p.integer().primary().autoincrement(false),
    /** Follows from the times, in whatever order they were written. */
    state: p.text().generated(`(${state}) stored`).ignoreSchemaChanges('collation'),
    environment: p.text().ignoreSchemaChanges('collation'),
    owner: p.text(),
    createdAt: p.bigint('number'),
    startedAt: p.bigint('number').nullable(),
    finishedAt: p.bigint('number').nullable(),
    endState: p.text().nullable(),
  },
});

/** What is only shown of a plan job. */
export const PlanJobDetails = defineEntity({
  name: 'PlanJobDetails',
  tableName: 'plan_job_details',
  properties: {
    id: p.integer().primary().autoincrement(false),
    details: p.text(),
  },
});

/** What a plan returned. */
export const PlanJobResult = defineEntity({
  name: 'PlanJobResult',
  tableName: 'plan_job_results',
  properties: {
    id: p.integer().primary().autoincrement(false),
    /** JSON. */
    result: p.text(),
    /** JSON of the `LargeValue` where the result is larger than 64 kB; the JSON above is null then. */
    large: p.text().nullable(),
  },
});

export const PlanJobEventEntity = defineEntity({
  name: 'PlanJobEvent',
  tableName: 'plan_job_events',
  properties: {
    planJob: p.integer().primary(),
    /** Event number. */
    number: p.bigint('number').primary(),
    type: p.text(),
    at: p.bigint('number'),
    /** JSON. */
    detail: p.text(),
  },
});

/** The jobs that a plan has asked for. */
export const PlanJobJob = defineEntity({
  name: 'PlanJobJob',
  tableName: 'plan_job_jobs',
  indexes: [{ properties: ['planJob', 'job'] }],
  properties: {
    job: p.integer().primary().autoincrement(false),
    planJob: p.integer(),
  },
});
