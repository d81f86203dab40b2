import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';

let server: TestServer;
beforeAll(async () => (server = await startServer()));
afterAll(() => server?.stop());

describe('the README', () => {
  it('lets a new user in, as far as the role goes and until she is revoked', async () => {
    const [, section] = readFileSync('README.md', 'utf8').split('## Who may do what\n');
    const [, script] = /```sh\n(.*?)```/s.exec(section!) as unknown as [string, string];
    const { stdout } = await promisify(execFile)('sh', ['-e', '-c', script], {
      env: {
        ...process.env,
        O: `${server.url}/orchestrator/v1`,
        DAYBOOK_URL: server.url,
        DAYBOOK_TOKEN: server.token,
      },
    });
    expect(Array.from(stdout.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => status)).toEqual(['202', '403', '401']);
    expect(stdout).toContain('puppetlabs.orchestrator/not-permitted');
    expect(stdout).toContain('puppetlabs.rbac/user-revoked');
    expect(stdout).toMatch(/^1 +kate +laptop /m);
  });
});
