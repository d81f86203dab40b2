import { resolve } from 'node:path';
import type { BrokerAddress, Login } from './address.js';

const EXPECTED =
  'expected nats://[user:password@|token@]host[:port][,host…] or tls://…, optionally with ?credentials=<file>&ca=<file>';

/**
 * Reads the setting `NATS_URL`. Several hosts share one login; special characters in it are percent-encoded.
 * @throws when it is something else; the message shows it without its secrets.
 */
export function parseNatsUrl(text: string): BrokerAddress {
  const fail = (what: string): never => {
    throw new Error(`NATS_URL is '${withoutSecrets(text)}', ${what}${EXPECTED}`);
  };
  const [hosts = '', ...rest] = text.split('?');
  const query = new URLSearchParams(rest.join('?'));
  for (const key of query.keys()) {
    if (key !== 'credentials' && key !== 'ca') fail('with an unknown parameter, ');
  }
  const scheme = /^(nats|tls):\/\//.exec(hosts)?.[1] ?? fail('');
  const urls = hosts.split(',').map((part) => {
    const url = part.includes('://') ? part : `${scheme}://${part}`;
    return URL.canParse(url) ? new URL(url) : fail('with something that is no host, ');
  });
  for (const { protocol, hostname, pathname } of urls) {
    if (protocol !== `${scheme}:`) fail('with two schemes, ');
    if (hostname === '') fail('without a host, ');
    if (pathname !== '' && pathname !== '/') fail('with a path, ');
  }

  const file = absolute(query.get('credentials'));
  const logins = new Set(urls.map(userInfo).filter((info) => info !== ''));
  if (file !== null) logins.add(file);
  if (logins.size > 1) fail('with several logins, ');
  const caFile = absolute(query.get('ca'));
  return {
    servers: urls.map(({ hostname, port }) => `${hostname}:${port || 4222}`),
    login: file === null ? readLogin([...logins][0], fail) : { kind: 'credentials', file },
    tls: scheme === 'tls' || caFile !== null ? { caFile } : null,
    inboxPrefix: '_INBOX',
  };
}

/** The address goes to processes with other working directories. */
const absolute = (file: string | null) => (file === null ? null : resolve(file));

const userInfo = ({ username, password }: URL) => (password === '' ? username : `${username}:${password}`);

/** A lone name is a token, as nats-server's own clients have it. */
function readLogin(info: string | undefined, fail: (what: string) => never): Login {
  if (info === undefined) return { kind: 'none' };
  const [first = '', password] = info.split(':').map((part) => decode(part) ?? fail('with a stray % in its login, '));
  return password === undefined ? { kind: 'token', token: first } : { kind: 'user', user: first, password };
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** Hides all that could be a login, however badly it is written. */
const withoutSecrets = (text: string) => text.replace(/(?<=^|^\w+:\/\/)(?!\w+:\/\/).*@/s, '…@');
