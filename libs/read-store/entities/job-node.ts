import { defineEntity, p } from '@mikro-orm/core';

export const JobNodeEntity = defineEntity({
  name: 'JobNode',
  tableName: 'job_nodes',
  properties: {
    job: p.integer().primary(),
    name: p.text().primary().ignoreSchemaChanges('collation'),
    /** Place in the job's list of nodes, from 0. */
    position: p.integer(),
    state: p.text().ignoreSchemaChanges('collation'),
    changedAt: p.bigint('number'),
    startedAt: p.bigint('number').nullable(),
    finishedAt: p.bigint('number').nullable(),
    /** Number of the last event about the node; how its run ended stands there. */
    latestEvent: p.bigint('number'),
  },
});
