import { startServer } from '../../setup/server.js';
import { clientOf, echo, echoLater, ended } from '../client.js';
import type { Client, RunningServer } from '../client.js';
import type { Operation } from './document.js';
import { isStream, readDocument } from './document.js';

const PUBLIC_URL = 'https://jobs.example.com/daybook/';

let server: RunningServer;
let client: Client;
beforeAll(async () => {
  server = await startServer({ env: { DAYBOOK_PUBLIC_URL: PUBLIC_URL } });
  client = clientOf(server);
});
afterAll(() => server?.stop());

const page = (path: string) => client.call('GET', path, { token: null });

/** The request of an operation's examples. */
function exampleOf({ method, path, parameters, body }: Operation) {
  const query = new URLSearchParams();
  let whole = path;
  for (const { name, in: place, example } of parameters) {
    if (example === undefined) continue;
    if (place === 'path') whole = whole.replace(`{${name}}`, String(example));
    if (place === 'query') query.append(name, String(example));
  }
  return { method, path: `${whole}?${query.toString()}`, body: body?.example };
}

describe('the examples of the document', () => {
  it('succeed, each of them, with an answer of the documented shape', async () => {
    // They speak of job 1, scheduled job 1, plan job 1, which runs elsewhere, and a user ann.
    await client.post('plan_start', { plan_name: 'site::deploy', params: {} });
    await client.post('task', echo());
    await client.post('schedule_task', echoLater());
    await ended(client, '1');
    const ann = { login: 'ann', password: 'a password' };
    const { headers } = await client.call('POST', '/rbac-api/v1/users', { body: ann });
    /** Of what has an id that nobody chooses; undefined: it has none. */
    const madePath = async (template: string) => {
      if (template === '/rbac-api/v1/users/{id}') return String(headers['location']);
      if (!template.endsWith('/plan_jobs/{id}/event/{event}')) return undefined;
      const { items } = (await client.get('plan_jobs/1/events')).json as { items: { id: string }[] };
      return `/orchestrator/v1/plan_jobs/1/event/${items[0]!.id}`;
    };
    /** One projection at a time is rebuilt or compared. */
    const isIdle = async () => {
      const { items } = (await client.call('GET', '/projections')).json as { items: { running: object | null }[] };
      return items.every(({ running }) => running === null);
    };
    const { operations, faultsOf } = await readDocument(client);
    const faults: string[] = [];
    // Joining takes a token that is good once; the first checkpoint of a log is signed after ten minutes.
    const apart = ['POST /daybook/v1/agents', 'GET /log/checkpoint'];
    const repeatable = operations.filter(
      (operation) => !isStream(operation) && !apart.includes(`${operation.method} ${operation.path}`),
    );
    const order = ['POST', 'PUT', 'GET', 'DELETE'];
    for (const operation of repeatable.toSorted((a, b) => order.indexOf(a.method) - order.indexOf(b.method))) {
      const { method, body, ...example } = exampleOf(operation);
      const path = (await madePath(operation.path)) ?? example.path;
      if (path.startsWith('/projections/')) while (!(await isIdle()));
      const answer = await client.call(method, path, body === undefined ? {} : { body });
      const found = answer.status < 300 ? faultsOf(operation, answer) : [`${answer.status} ${answer.text}`];
      faults.push(...found.map((fault) => `${method} ${path}: ${fault}`));
    }
    expect(faults).toEqual([]);
    expect(operations.length).toBeGreaterThan(20);
  });
});

describe('GET openapi.json', () => {
  it('names the public URL as the server', async () => {
    expect((await page('/openapi.json')).json).toMatchObject({
      openapi: '3.1.0',
      servers: [{ url: 'https://jobs.example.com/daybook' }],
    });
  });
});

describe('GET docs', () => {
  it('is a page that may load from its own server alone, and by relative addresses', async () => {
    const { headers, text } = await page('/docs');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy.filter((directive) => !/ ('none'|'self'|'self' data:)$/.test(directive))).toEqual([]);
    const loaded = Array.from(text.matchAll(/(?:src|href)="([^"]*)"/g), ([, address]) => address!);
    expect(loaded).toEqual(['data:,', 'docs/swagger-ui.css', 'docs/swagger-ui-bundle.js', 'docs/page.js']);
  });

  it.each([
    ['swagger-ui.css', 'text/css'],
    ['swagger-ui-bundle.js', 'text/javascript'],
    ['page.js', 'text/javascript'],
  ])('finds its %s', async (file, type) => {
    const { status, headers, text } = await page(`/docs/${file}`);
    expect([status, headers['content-type']]).toEqual([200, `${type}; charset=utf-8`]);
    expect(text.length).toBeGreaterThan(50);
  });

  it.each(['nosuch', 'constructor', '..%2fpackage.json'])('has no file %s', async (file) => {
    expect((await page(`/docs/${file}`)).status).toBe(404);
  });
});
