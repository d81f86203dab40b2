import { startNode } from './testing/node-process.js';

/** A thread that gives way and says with what priority it goes on, in a process that says its own afterwards. */
const program = (niceness: number) => (dist: string) => `
  import { getPriority, setPriority } from 'node:os';
  import { Worker } from 'node:worker_threads';
  const thread = \`
    import { readlinkSync } from 'node:fs';
    import { getPriority } from 'node:os';
    import { basename } from 'node:path';
    import { parentPort } from 'node:worker_threads';
    import { giveWay } from '${dist}/platform/index.js';
    giveWay();
    parentPort.postMessage(getPriority(Number(basename(readlinkSync('/proc/thread-self')))));
  \`;
  setPriority(${niceness});
  const url = 'data:text/javascript,' + encodeURIComponent(thread);
  new Worker(new URL(url)).on('message', (priority) => console.log(getPriority() + ' ' + priority));
`;

const priorities = async (niceness: number) => (await startNode(program(niceness)).nextLine())!.split(' ').map(Number);

describe('a thread that gives way', () => {
  it('has a lower priority than the others of its process, which keep theirs', async () => {
    expect(await priorities(0)).toEqual([0, 5]);
  });

  it('has the lowest there is, where its process has a low one', async () => {
    expect(await priorities(16)).toEqual([16, 19]);
  });
});
