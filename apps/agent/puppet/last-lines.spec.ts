import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { lastLines } from './last-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'daybook-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the last lines of what Puppet printed', () => {
  it.each([
    ['are no more than were asked for', 'a\nb\nc\n', 'b\nc'],
    ['have no empty ones among them', 'a\n\nb\n \n', 'a\nb'],
    [
      'are the message, not where it came from',
      "a\nError: no such host\n/opt/puppet/http/client.rb:12:in `get'\n\tfrom /opt/puppet.rb:7:in 'Puppet#run'\n",
      'a\nError: no such host',
    ],
    ['reach behind a long stack trace', `Error: it\n${"/opt/puppet/a.rb:1:in `b'\n".repeat(1000)}`, 'Error: it'],
    ['are none where nothing was printed', '', ''],
  ])('%s', async (_, text, expected) => {
    const path = join(folder, 'stderr');
    writeFileSync(path, text);
    expect(await lastLines(path, 2)).toBe(expected);
  });

  it('are none of a file that is not there', async () => {
    expect(await lastLines(join(folder, 'none'), 2)).toBe('');
  });
});
