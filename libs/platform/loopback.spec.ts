import { isLoopback } from './loopback.js';

describe('a host', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    '127.0.0.1',
    '127.255.0.3',
    '::1',
    '::ffff:127.0.0.1',
  ])('%s is of this machine only', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(['', '0.0.0.0', '::', '10.0.0.1', '127.1', 'example.com', 'localhost.example.com', 'notlocalhost', '[::1]'])(
    '%j may be of another',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});
