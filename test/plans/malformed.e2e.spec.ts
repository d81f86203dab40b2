import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MALFORMED_PLANS } from '../../libs/plan-language/testing/malformed-plans.js';
import { clientOf, kindOf } from '../api/client.js';
import { openLedger } from '../harm/ledger.js';
import { newFolder } from '../setup/folder.js';
import { newDataDir, startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';

const folder = newFolder();
const dataDir = newDataDir();
let server: TestServer;
beforeAll(async () => {
  for (const [index, { files }] of MALFORMED_PLANS.entries()) {
    for (const [name, text] of Object.entries(files)) {
      const [module = '', ...own] = name.split('::');
      const path = folder.path(`env/e${index}/modules/${module}/plans/${own.join('/') || 'init'}.yaml`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
  const env = { DAYBOOK_ENVIRONMENTPATH: folder.path('env'), DAYBOOK_LOCAL_AGENT: 'off' };
  server = await startServer({ dataDir, env });
});
afterAll(async () => {
  await server?.stop();
  folder.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('malformed plans', () => {
  it('are refused when they are asked for, and nothing runs', async () => {
    const client = clientOf(server);
    const ledger = await openLedger(dataDir);
    const before = (await ledger.events()).length;
    const refused = [];
    for (const [index, { title }] of MALFORMED_PLANS.entries()) {
      const answer = await client.post('plan_run', { plan_name: 'main', params: {}, environment: `e${index}` });
      const { msg, details } = answer.json as { msg: string; details: { kind: string } };
      refused.push({ title, status: answer.status, is: kindOf(answer), kind: details.kind, msg });
    }
    const after = (await ledger.events()).length;
    await ledger.close();
    expect(refused).toEqual(
      MALFORMED_PLANS.map(({ title, kind, message }) => ({
        title,
        status: 400,
        is: 'puppetlabs.orchestrator/validation-error',
        kind,
        // The files have other names here.
        msg: expect.stringContaining(message.replace(/^\w+\.yaml/, '')) as string,
      })),
    );
    expect(after).toBe(before);
  });
});
