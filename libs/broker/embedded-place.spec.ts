import { routeTo } from './embedded-place.js';

const settings = { port: 20_000, passwords: { daybook: 'd', agent: 'a' } };
const tls = { certFile: 'c', keyFile: 'k' };

describe('the way of an agent to an embedded nats-server', () => {
  it.each([
    ['127.0.0.1', 'daybook.example.com', '127.0.0.1:20000', false],
    ['localhost', 'daybook.example.com', 'localhost:20000', false],
    ['::1', 'daybook.example.com', '[::1]:20000', false],
    ['0.0.0.0', 'daybook.example.com', 'daybook.example.com:20000', true],
    ['::', '[2001:db8::1]', '[2001:db8::1]:20000', true],
    ['::', '192.0.2.7', '192.0.2.7:20000', true],
    ['nats.example.com', 'daybook.example.com', 'nats.example.com:20000', true],
  ])('that listens on %s and was reached as %s leads to %s', (host, reached, server, isTls) => {
    expect(routeTo({ ...settings, listen: { host, tls } }, reached)).toEqual({ servers: [server], tls: isTls });
    expect(routeTo({ ...settings, listen: { host, tls: null } }, reached).tls).toBe(false);
  });
});
