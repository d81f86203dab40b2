import { defineEntity, p } from '@mikro-orm/core';

export const SubjectEntity = defineEntity({
  name: 'Subject',
  tableName: 'subjects',
  uniques: [{ name: 'subjects_login_id_index', properties: ['login', 'id'] }],
  properties: {
    id: p.text().primary(),
    login: p.text().ignoreSchemaChanges('collation'),
    /** JSON of the `Subject`. */
    details: p.text(),
  },
});
