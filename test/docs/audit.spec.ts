import { AuditApiModule } from '#audit-api';
import { operationsOf } from '#openapi';
import { AUDIT_ROLES, AUDITED_TYPES } from '#read-store';
import { codeIn, firstTable, read, section } from './markdown.js';

const text = read('docs/audit.md');
const table = (heading: string) => firstTable(section(text, heading));

const { controllers = [] } = AuditApiModule.forRoot({} as Parameters<typeof AuditApiModule.forRoot>[0]);
const { documentation, queryParameters } = operationsOf(controllers).find(({ path }) => path === '/audit')!;

describe('docs/audit.md', () => {
  it('lists exactly the types that the audit log has, with what they are to their subjects', () => {
    const documented = table('What is in it').map(([type, role]) => [codeIn(type!), role]);
    expect(documented).toEqual(AUDITED_TYPES.map((type) => [type, AUDIT_ROLES[type]]));
  });

  it('lists exactly the keys of an entry', () => {
    const { items } = (documentation!.answer as { properties: { items: { items: { properties: object } } } })
      .properties;
    expect(table('`GET /audit`').map(([key]) => codeIn(key!))).toEqual(Object.keys(items.items.properties));
  });

  it('lists exactly the parameters', () => {
    expect(table('Which entries').map(([key]) => codeIn(key!))).toEqual(Object.keys(queryParameters));
  });
});
