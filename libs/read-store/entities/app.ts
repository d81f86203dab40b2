import { defineEntity, p } from '@mikro-orm/core';

/** An app as it was defined, without its token. */
export const AppEntity = defineEntity({
  name: 'App',
  tableName: 'apps',
  properties: {
    id: p.text().primary().ignoreSchemaChanges('collation'),
    /** JSON of a list of URLs. */
    addresses: p.text(),
    /** 1: it is sent one; 0: it is not. */
    hasToken: p.integer(),
    natsKey: p.text().nullable(),
    callsAtOnce: p.integer(),
  },
});
