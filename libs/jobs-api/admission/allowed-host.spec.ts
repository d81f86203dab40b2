import fc from 'fast-check';
import { isAllowedHost } from './allowed-host.js';

const PUBLIC = 'https://Jobs.example.com:8143/';

describe('a Host header', () => {
  it.each(['localhost', 'LOCALHOST:3500', 'app.localhost:1', '127.0.0.1:3500', '127.9.9.9', '[::1]:3500', '[::1]'])(
    'may be %s',
    (host) => {
      expect(isAllowedHost(host, null)).toBe(true);
    },
  );

  it.each([
    undefined,
    '',
    'evil.example.com',
    'evil.example.com:3500',
    'localhost.evil.example.com',
    'localhost@evil.example.com',
    '127.0.0.1.evil.example.com',
    '10.0.0.1:3500',
    '[::2]:3500',
    '::1',
    'localhost:3500:1',
    'localhost:x',
    'a/localhost',
  ])('may not be %j', (host) => {
    expect(isAllowedHost(host, null)).toBe(false);
    expect(isAllowedHost(host, PUBLIC)).toBe(false);
  });

  it('may be the host of the public URL, at any port', () => {
    expect(isAllowedHost('jobs.example.com', PUBLIC)).toBe(true);
    expect(isAllowedHost('JOBS.example.com:3500', PUBLIC)).toBe(true);
    expect(isAllowedHost('[2001:db8::1]:3500', 'http://[2001:db8::1]')).toBe(true);
    expect(isAllowedHost('jobs.example.com', null)).toBe(false);
  });

  it('is never one that ends in the name of another machine', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isAllowedHost(`${text}.example.org`, PUBLIC)).toBe(false);
      }),
    );
  });
});
