import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestServer } from '../setup/server.js';
import { startServer } from '../setup/server.js';
import { callerOf } from './client.js';

/** The examples of the first page on the Jobs API, word for word. */
const SCHEDULE = `curl -X POST \\
  http://localhost:3500/v1.0-alpha1/jobs/jobforjabba \\
  -H "Content-Type: application/json" \\
  -H 'dapr-app-id: sub' \\
  -d '{
        "job": {
            "data": {
                "@type": "type.googleapis.com/google.type.Expr",
                "expression": "expression1"
            },
            "dueTime": "30s"
        }
    }'`;
const GET = `curl -X GET http://localhost:3500/v1.0-alpha1/job/test1 -H "Content-Type: application/json" -H 'dapr-app-id: sub'`;
const DELETE = `curl -X DELETE http://localhost:3500/v1.0-alpha1/jobs/test -H "Content-Type: application/json" -H 'dapr-app-id: sub'`;

let server: TestServer;
/** What curl reads its settings from: it goes to the server's port, and prints the status. */
let curlHome: string;
beforeAll(async () => {
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off' } });
  curlHome = mkdtempSync(join(tmpdir(), 'daybook-curl-'));
  const { host } = new URL(server.jobsUrl);
  writeFileSync(
    join(curlHome, '.curlrc'),
    `connect-to = "localhost:3500:${host}"\nsilent\nnoproxy = "*"\nwrite-out = "\\n%{http_code}"\n`,
  );
});
afterAll(async () => {
  await server?.stop();
  rmSync(curlHome, { recursive: true });
});

interface Shown {
  readonly status: number;
  readonly text: string;
}

async function byCurl(command: string): Promise<Shown> {
  const { stdout } = await promisify(execFile)('sh', ['-c', command], {
    env: { ...process.env, CURL_HOME: curlHome, HOME: curlHome },
  });
  const end = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(end + 1)), text: stdout.slice(0, end) };
}

/** The same request without curl. */
async function byHand(command: string): Promise<Shown> {
  const words = Array.from(
    command.matchAll(/'([^']*)'|"([^"]*)"|([^\s\\'"]+)/g),
    (match) => match[1] ?? match[2] ?? match[3]!,
  );
  const after = (flag: string) => words.filter((_, index) => words[index - 1] === flag);
  const headers = Object.fromEntries(after('-H').map((header) => header.split(': ') as [string, string]));
  const [body] = after('-d');
  const path = new URL(words.find((word) => word.startsWith('http://'))!).pathname;
  const { call, close } = callerOf(server);
  const answer = await call(after('-X')[0]!, path, { headers, ...(body !== undefined && { body }) });
  await close();
  return answer;
}

function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const WAYS: [string, (command: string) => Promise<Shown>][] = [['by hand', byHand]];
if (hasCurl()) WAYS.push(['by curl', byCurl]);

describe.each(WAYS)('an example of the page, sent %s,', (_way, send) => {
  it('schedules jobforjabba', async () => {
    expect(await send(SCHEDULE)).toMatchObject({ status: 202, text: '' });
    expect(await send(DELETE.replace('/test', '/jobforjabba'))).toMatchObject({ status: 202, text: '' });
  });

  it('gets test1, as the page shows it', async () => {
    await send(SCHEDULE.replace('jobforjabba', 'test1'));
    const { status, text } = await send(GET);
    expect(status).toBe(202);
    expect(JSON.parse(text)).toEqual({
      name: 'test1',
      dueTime: '30s',
      data: { '@type': 'type.googleapis.com/google.type.Expr', expression: 'expression1' },
    });
    await send(DELETE.replace('/test', '/test1'));
  });

  it('deletes test, which it knows, with a Content-Type and no body', async () => {
    await send(SCHEDULE.replace('jobforjabba', 'test'));
    expect(await send(DELETE)).toMatchObject({ status: 202, text: '' });
  });

  it('deletes test, which it does not know', async () => {
    expect(await send(DELETE)).toMatchObject({ status: 204, text: '' });
  });
});
