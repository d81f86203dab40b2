import fc from 'fast-check';
import { parseNatsUrl } from './nats-url.js';

const plain = { login: { kind: 'none' }, tls: null, inboxPrefix: '_INBOX' };

describe('NATS_URL', () => {
  it.each([
    ['nats://host:4333', { ...plain, servers: ['host:4333'] }],
    ['nats://host', { ...plain, servers: ['host:4222'] }],
    ['nats://[::1]:4222/', { ...plain, servers: ['[::1]:4222'] }],
    ['nats://a,b:1,nats://c', { ...plain, servers: ['a:4222', 'b:1', 'c:4222'] }],
    ['nats://t0ken@a,b', { ...plain, servers: ['a:4222', 'b:4222'], login: { kind: 'token', token: 't0ken' } }],
    ['tls://host', { ...plain, servers: ['host:4222'], tls: { caFile: null } }],
    ['nats://host?ca=/etc/ca.pem', { ...plain, servers: ['host:4222'], tls: { caFile: '/etc/ca.pem' } }],
    [
      'tls://host?credentials=/etc/a.creds&ca=/etc/ca.pem',
      {
        ...plain,
        servers: ['host:4222'],
        login: { kind: 'credentials', file: '/etc/a.creds' },
        tls: { caFile: '/etc/ca.pem' },
      },
    ],
  ])('reads %s', (text, expected) => {
    expect(parseNatsUrl(text)).toEqual(expected);
  });

  it('gives back every host, user and password that was put into it', () => {
    const host = fc.oneof(fc.domain(), fc.ipV4());
    const secret = fc.string({ minLength: 1, unit: 'grapheme' });
    const hosts = fc.array(fc.tuple(host, fc.integer({ min: 1, max: 65_535 })), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(hosts, secret, secret, (pairs, user, password) => {
        const servers = pairs.map(([name, port]) => `${name}:${port}`);
        const text = `nats://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${servers.join(',')}`;
        expect(parseNatsUrl(text)).toEqual({ ...plain, servers, login: { kind: 'user', user, password } });
      }),
    );
  });

  it.each([
    '',
    'host:4222',
    'http://host',
    'nats://',
    'nats://a,,b',
    'nats://a,tls://b',
    'nats://host:99999',
    'nats://host/path',
    'nats://host?color=red',
    'nats://u:p@a,u:q@b',
    'nats://t@host?credentials=/f',
    'nats://%zz@host',
  ])('refuses %j with what it expects', (text) => {
    expect(() => parseNatsUrl(text)).toThrow(/^NATS_URL is '.*', .*expected nats:\/\//s);
  });

  it.each([
    'http://user:s3cret@host',
    'nats://user:s3cret@host/path',
    'nats://user:s3cret,s3cret@host',
    'nats://user:s3cret/s3cret@host',
    'nats://user:s3cret?s3cret@host',
    'nats://a,user:s3cret@b:99999',
    's3cret@host',
  ])('keeps the secret of %j to itself', (text) => {
    expect(() => parseNatsUrl(text)).toThrow(/^(?!.*s3cret)NATS_URL is/);
  });

  it('either reads a text or refuses it with a sentence', () => {
    const parts = fc.constantFrom(
      'nats',
      'tls',
      '://',
      ':',
      '@',
      ',',
      '?',
      '%',
      '/',
      'a',
      '[::1]',
      '=',
      '&',
      'ca',
      '9',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (tokens) => {
        try {
          expect(parseNatsUrl(tokens.join('')).servers.length).toBeGreaterThan(0);
        } catch (error) {
          expect((error as Error).message).toMatch(/^NATS_URL is '/);
        }
      }),
    );
  });
});
