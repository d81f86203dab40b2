import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Subject } from '#domain';
import { createSealer } from '#sealing';
import { commandMetaOf, requestIdOf } from './command-meta.js';

const { digest } = createSealer([randomBytes(32)]);

interface Sent {
  readonly key?: string;
  readonly token?: string;
  readonly body?: string;
  readonly url?: string;
}

const metaOf = ({ key, token = 't', body = '{}', url = '/a?token=t' }: Sent) => {
  const request = {
    id: 'r-1',
    method: 'POST',
    url,
    headers: key === undefined ? {} : { 'idempotency-key': key },
    rawBody: Buffer.from(body),
    caller: { subject: { id: 'ann' } as Subject, token },
  };
  return commandMetaOf(request as unknown as FastifyRequest, digest);
};

describe('the id of a command', () => {
  it('is new each time where there is no key', () => {
    expect(metaOf({}).commandId).not.toBe(metaOf({}).commandId);
    expect(metaOf({})).toMatchObject({ actor: 'subject/ann', correlationId: 'r-1' });
    expect(metaOf({})).not.toHaveProperty('bodyDigest');
  });

  it('is the same for the same token and key, whatever the body', () => {
    const [one, two] = [metaOf({ key: 'k' }), metaOf({ key: 'k', body: '{"a":1}' })];
    expect(one.commandId).toBe(two.commandId);
    expect(one.commandId).toMatch(/^[\w-]{22}$/);
    expect(one.bodyDigest).not.toBe(two.bodyDigest);
  });

  it('differs by key and by token', () => {
    const ids = [{ key: 'k' }, { key: 'l' }, { key: 'k', token: 'u' }].map((sent) => metaOf(sent).commandId);
    expect(new Set(ids).size).toBe(3);
  });

  it('comes with a digest of method, path and body, not of the query', () => {
    const digestOf = (sent: Sent) => metaOf({ key: 'k', ...sent }).bodyDigest;
    expect(digestOf({ url: '/a' })).toBe(digestOf({ url: '/a?token=t' }));
    expect(digestOf({ url: '/a' })).not.toBe(digestOf({ url: '/b' }));
  });

  it.each(['', 'k'.repeat(256), 'a\tb', 'é'])('is not made from the key %j', (key) => {
    expect(() => metaOf({ key })).toThrow(/^Idempotency-Key is /);
  });
});

describe('the id of a request', () => {
  it('is the one that was sent, where it can stand in a log line', () => {
    expect(requestIdOf({ 'x-request-id': 'r-7' })).toBe('r-7');
    expect(requestIdOf({ 'x-request-id': 'a\nb' })).toMatch(/^[0-9a-f-]{36}$/);
    expect(requestIdOf({})).toMatch(/^[0-9a-f-]{36}$/);
  });
});
