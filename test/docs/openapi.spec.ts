import { AgentsApiModule } from '#agents-api';
import { AuditApiModule } from '#audit-api';
import { Validator } from '@seriousme/openapi-schema-validator';
import { ClassifierApiModule } from '#classifier-api';
import { EventsApiModule } from '#events-api';
import { HealthModule, MetricsModule } from '#http';
import { documentOf, OpenApiModule, operationsOf } from '#openapi';
import type { OpenApiOptions } from '#openapi';
import { OrchestratorModule } from '#orchestrator';
import { ProjectionsApiModule } from '#projections-api';
import { RbacApiModule } from '#rbac-api';
import { SchemasApiModule } from '#schemas-api';
import { needsToken } from '../../apps/server/areas.js';
import { codeIn, firstTable, read, section } from './markdown.js';

const ABOUT: OpenApiOptions = { version: '1', needsToken, publicUrl: null };

/** Their controllers are read, and never called. */
const modules = [
  OrchestratorModule.forRoot({} as Parameters<typeof OrchestratorModule.forRoot>[0]),
  EventsApiModule.forRoot({} as Parameters<typeof EventsApiModule.forRoot>[0]),
  AgentsApiModule.forRoot({} as Parameters<typeof AgentsApiModule.forRoot>[0]),
  ClassifierApiModule.forRoot({} as Parameters<typeof ClassifierApiModule.forRoot>[0]),
  RbacApiModule.forRoot({} as Parameters<typeof RbacApiModule.forRoot>[0]),
  HealthModule.forRoot(() => ({ ready: true, reasons: [] }), '1'),
  MetricsModule.forRoot(() => Promise.resolve('')),
  OpenApiModule.forRoot(ABOUT),
  SchemasApiModule.forRoot(),
  ProjectionsApiModule.forRoot({} as Parameters<typeof ProjectionsApiModule.forRoot>[0]),
  AuditApiModule.forRoot({} as Parameters<typeof AuditApiModule.forRoot>[0]),
];
const operations = operationsOf(modules.flatMap(({ controllers = [] }) => controllers));
const document = documentOf(operations, ABOUT);

describe('the OpenAPI document', () => {
  it('is one of OpenAPI 3.1', async () => {
    const { errors } = await new Validator().validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
  });

  it('has a name of its own for each operation', () => {
    const names = operations.map(({ id }) => id);
    expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
  });

  it('has exactly the endpoints of docs/orchestrator-compatibility.md, with their status', () => {
    const rows = firstTable(section(read('docs/orchestrator-compatibility.md'), 'Endpoints'));
    const documented = rows.map(([endpoint, status]) => `${codeIn(endpoint!)} ${status}`);
    const found = operations.map(({ method, path, status }) => `${method.toUpperCase()} ${path} ${status}`);
    expect(found.sort()).toEqual(documented.sort());
  });
});

describe.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  'the document of %s',
  (_what, { documentation, status, pathParameters, body }) => {
    it('says what it does and what it answers', () => {
      expect(documentation?.summary).toMatch(/^[A-Z].*[^.]$/);
      if (status !== 204) expect(documentation).toHaveProperty('answer');
    });

    it('has an example of whatever a request must have', () => {
      const example = documentation?.example ?? {};
      const inPath = Object.entries(pathParameters).filter(([, { examples }]) => examples === undefined);
      const needed = [...inPath.map(([name]) => name), ...(body === null ? [] : ['body'])];
      expect(needed.filter((name) => !(name in example))).toEqual([]);
    });
  },
);
