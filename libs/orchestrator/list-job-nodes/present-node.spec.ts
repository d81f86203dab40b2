import { text } from 'node:stream/consumers';
import { ValueLost } from '#large-values';
import type { NodeRow, ShownSpec } from '#read-store';
import { presentNode } from './present-node.js';
import { renderNode } from './render-node.js';

const row = (over: Partial<NodeRow>): NodeRow => ({
  name: 'web1',
  state: 'new',
  timestamp: '2026-01-01T00:00:09.999Z',
  startedAt: null,
  finishedAt: null,
  result: null,
  large: null,
  error: null,
  latestEvent: 4,
  ...over,
});
const ECHO = { command: 'task', task: 'echo' } as ShownSpec;
const REPORT = 'http://h/orchestrator/v1/jobs/7/report';
const NOW = Date.parse('2026-01-01T00:00:10.500Z');
const ran = { startedAt: '2026-01-01T00:00:08.000Z', finishedAt: '2026-01-01T00:00:09.250Z' };
const error = {
  kind: 'puppetlabs.orchestrator/execution-failure',
  msg: 'web1 is not connected',
  details: { node: 'web1' },
};

describe('a node', () => {
  it.each<[Partial<NodeRow>, object]>([
    [{}, { duration: null, message: 'Task echo has not started on web1', details: {} }],
    [
      { state: 'running', startedAt: ran.startedAt },
      { duration: 2.5, finish_timestamp: null, message: 'Started task echo on web1...', details: { 'run-time': 2.5 } },
    ],
    [
      { state: 'finished', ...ran },
      { duration: 1.25, message: 'Finished task echo on web1', details: {} },
    ],
    [
      { state: 'failed', ...ran, result: { _error: { msg: 'exit 1' } } },
      { message: 'Task echo failed on web1', details: { message: 'exit 1' } },
    ],
    [{ state: 'failed', ...ran, result: 'odd' }, { details: { message: 'Task echo failed on web1' } }],
    [{ state: 'errored', error }, { details: { message: 'Error running task echo on web1: web1 is not connected' } }],
    [{ state: 'skipped' }, { details: { message: 'Skipped task echo on web1: the job was stopped' } }],
  ])('%j is shown with what is known of it', (over, shown) => {
    expect(presentNode(row(over), ECHO, NOW, REPORT)).toMatchObject({ timestamp: '2026-01-01T00:00:09Z', ...shown });
  });

  const nothing = (): never => {
    throw new Error('there is no large value');
  };
  const rendered = (over: Partial<NodeRow>) =>
    JSON.parse(renderNode(row(over), ECHO, NOW, REPORT, nothing) as string) as object;

  it('has a result once it ended, and none before', () => {
    expect(rendered({})).not.toHaveProperty('result');
    expect(rendered({ state: 'finished', ...ran, result: { _output: '' } })).toHaveProperty('result', { _output: '' });
    expect(rendered({ state: 'errored', error })).toHaveProperty('result', error);
  });

  it('has the digest of a large result that is lost, whenever that shows', async () => {
    // eslint-disable-next-line @typescript-eslint/require-await
    async function* changed() {
      yield Buffer.from('{"_out');
      throw new ValueLost('large value abc has been changed');
    }
    const large = { sha256: 'abc', size: 70_000 };
    const pieces = renderNode(
      row({ state: 'finished', ...ran, result: { _output: 'é' }, large }),
      ECHO,
      NOW,
      REPORT,
      changed,
    );
    expect(JSON.parse(await text(pieces as AsyncIterable<Buffer>))).toHaveProperty('result', large);
  });

  it('of a deploy has the eight metrics and its report beside its result', () => {
    const spec = { command: 'deploy' } as ShownSpec;
    const metrics = { total: 8, changed: 3, corrective_change: 0, out_of_sync: 3 };
    const result = { status: 'changed', transaction_uuid: 'd9b9a3b0', metrics };
    expect(presentNode(row({ state: 'finished', ...ran, result }), spec, NOW, REPORT)).toMatchObject({
      message: 'Finished puppet run on web1 - Success!',
      transaction_uuid: 'd9b9a3b0',
      details: {
        metrics: {
          total: 8,
          failed: 0,
          changed: 3,
          skipped: 0,
          restarted: 0,
          scheduled: 0,
          out_of_sync: 3,
          failed_to_restart: 0,
        },
        'report-url': REPORT,
      },
    });
  });

  it('has the whole of a large result', async () => {
    const whole = JSON.stringify({ _output: 'é'.repeat(100_000) });
    // eslint-disable-next-line @typescript-eslint/require-await
    async function* inPieces(sha256: string) {
      expect(sha256).toBe('abc');
      const bytes = Buffer.from(whole);
      yield bytes.subarray(0, 1001);
      yield bytes.subarray(1001);
    }
    const large = { sha256: 'abc', size: Buffer.byteLength(whole) };
    const pieces = renderNode(
      row({ state: 'finished', ...ran, result: { _output: 'é' }, large }),
      ECHO,
      NOW,
      REPORT,
      inPieces,
    );
    expect(JSON.parse(await text(pieces as AsyncIterable<Buffer>))).toHaveProperty('result', JSON.parse(whole));
  });
});
