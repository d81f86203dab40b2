import { defineEntity, p } from '@mikro-orm/core';

export const SubjectEntity = defineEntity({
  name: 'Subject',
  tableName: 'subjects',
  properties: {
    id: p.text().primary(),
    login: p.text().ignoreSchemaChanges('collation'),
    /** JSON of the `Subject`. */
    details: p.text(),
  },
});
