import { factsDigest } from '#agent-protocol';
import type { Hello } from '#agent-protocol';
import { Refusal } from '#domain';
import type { CommandMeta, ReportFacts } from '#domain';
import { History } from '../domain/testing/given.js';
import { takeFacts, wantsFacts } from './facts.js';

const facts = { kernel: 'Linux' };
const message = { digest: factsDigest(facts), takenAt: '2027-05-05T12:00:00.000Z', environment: 'production', facts };

const hello = (more: Partial<Hello>): Hello => ({
  node: 'web1',
  instance: 'i',
  version: '1',
  wanted: [],
  holding: [],
  factsDigest: message.digest,
  environment: 'production',
  ...more,
});

describe('the facts of an agent', () => {
  it('are wanted until the log holds them', () => {
    const history = new History();
    expect(wantsFacts(hello({}), history.state)).toBe(true);
    history.when({ type: 'report-facts', node: 'web1', ...message });
    expect(wantsFacts(hello({}), history.state)).toBe(false);
    expect(wantsFacts(hello({ factsDigest: 'other' }), history.state)).toBe(true);
    expect(wantsFacts(hello({ environment: 'staging' }), history.state)).toBe(true);
    expect(wantsFacts(hello({ node: 'web2' }), history.state)).toBe(true);
  });

  it('are not wanted from one that has none yet', () => {
    expect(wantsFacts(hello({ factsDigest: null, environment: null }), new History().state)).toBe(false);
  });

  it('become a command under an id of their own', async () => {
    const told: { readonly command: ReportFacts; readonly meta: CommandMeta }[] = [];
    const toWriter = (command: ReportFacts, meta: CommandMeta) => Promise.resolve(told.push({ command, meta }));
    expect(await takeFacts('web1', message, toWriter)).toEqual({ refused: null });
    expect(told).toEqual([
      {
        command: { type: 'report-facts', node: 'web1', ...message },
        meta: {
          commandId: `facts/web1/${message.digest}/${message.takenAt}`,
          actor: 'agent/web1',
          correlationId: 'node/web1',
        },
      },
    ]);
  });

  it('that are none are refused, and the writer hears nothing of them', async () => {
    const toWriter = () => Promise.reject(new Error('it is not asked'));
    expect(await takeFacts('web1', { ...message, digest: 'x' }, toWriter)).toEqual({
      refused: expect.stringContaining('the message is wrong') as string,
    });
  });

  it('that the writer refuses are not asked for again', async () => {
    const refusal = new Refusal({ code: 'command-too-large', bytes: 2, limit: 1 });
    expect(await takeFacts('web1', message, () => Promise.reject(refusal))).toEqual({ refused: refusal.message });
  });

  it('that cannot be stored now are not answered', async () => {
    const toWriter = () => Promise.reject(new Error('the log gives no answer'));
    await expect(takeFacts('web1', message, toWriter)).rejects.toThrow('the log gives no answer');
  });
});
