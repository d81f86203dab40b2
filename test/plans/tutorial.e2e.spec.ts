import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';

let server: TestServer;
beforeAll(async () => (server = await startServer()));
afterAll(() => server?.stop());

describe('the tutorial of docs/plans.md', () => {
  it('runs as it is printed, and answers as it says', async () => {
    const [, section] = readFileSync('docs/plans.md', 'utf8').split('## A tutorial\n');
    const [, script] = /```sh\n(.*?)```/s.exec(section!) as unknown as [string, string];
    const [, answer] = /```json\n(.*?)```/s.exec(section!) as unknown as [string, string];
    const { stdout } = await promisify(execFile)('sh', ['-e', '-c', script], {
      env: { ...process.env, O: `${server.url}/orchestrator/v1`, T: server.token },
    });
    expect(stdout).toContain('"state":"success"');
    expect(stdout).toContain(`"result":${JSON.stringify(JSON.parse(answer))}`);
    expect(stdout).toContain('"type":"plan_finished"');
    expect(stdout).toContain('"command":"plan_task"');
  });
});
