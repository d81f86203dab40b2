import { defineEntity, p } from '@mikro-orm/core';

export const JobEventEntity = defineEntity({
  name: 'JobEvent',
  tableName: 'job_events',
  properties: {
    job: p.integer().primary(),
    /** Event number. */
    number: p.bigint('number').primary(),
    type: p.text(),
    at: p.bigint('number'),
    node: p.text().nullable(),
    /** JSON of the result, the error or the end state. */
    detail: p.text().nullable(),
    /** JSON of the `LargeValue` where the result is cut. */
    large: p.text().nullable(),
  },
});
