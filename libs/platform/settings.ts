import { isTimeZone } from '#domain';
import { parseAppAddresses } from './app-addresses.js';
import type { AppAddresses } from './app-addresses.js';
import { isLoopback } from './loopback.js';

/** One environment variable: what it means, and how its text becomes a value. */
export interface Setting<T> {
  readonly description: string;
  /** As the documentation shows it. */
  readonly defaultText: string;
  readonly expected: string;
  /** The value of a text; undefined: the text is not one. */
  parse(text: string): T | undefined;
  readonly fallback: T;
}

function setting<T>(description: string, expected: string, fallback: T, parse: Setting<T>['parse']): Setting<T> {
  const defaultText = fallback === null ? '' : String(fallback);
  return { description, defaultText, expected, fallback, parse };
}

const text = <T extends string | null>(description: string, fallback: T, expected = 'a text') =>
  setting<string | T>(description, expected, fallback, (value) => value);

const integer = <T extends number | null>(description: string, fallback: T, min: number, max: number) =>
  setting<number | T>(description, `an integer from ${min} to ${max}`, fallback, (value) => {
    const number = /^\d{1,10}$/.test(value) ? Number(value) : NaN;
    return number >= min && number <= max ? number : undefined;
  });

const oneOf = <T extends string>(description: string, fallback: T, values: readonly T[]) =>
  setting<T>(description, `one of ${values.join(', ')}`, fallback, (value) => values.find((known) => known === value));

const matching = (description: string, expected: string, isValid: (value: string) => boolean) =>
  setting<string | null>(description, expected, null, (value) => (isValid(value) ? value : undefined));

const paths = (description: string) =>
  setting<readonly string[]>(description, 'absolute or relative paths, separated by colons', [], (value) =>
    value.split(':').filter((path) => path !== ''),
  );

const timeZone = (description: string, fallback: string) =>
  setting(description, 'the name of an IANA time zone', fallback, (value) => (isTimeZone(value) ? value : undefined));

const apps = (description: string) => ({
  ...setting<readonly AppAddresses[]>(
    description,
    '`<app>=<URL>` for each app, separated by commas, several URLs of one by bars',
    [],
    parseAppAddresses,
  ),
  defaultText: '',
});

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');

const command = (description: string, fallback: string) => ({
  ...setting(description, 'a program and its arguments, separated by spaces', words(fallback), (value) =>
    words(value).length > 0 ? words(value) : undefined,
  ),
  defaultText: fallback,
});

function hasProtocol(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

/** Every setting of the server, by its environment variable. */
export const SETTINGS = {
  DAYBOOK_HOST: text('Address that all ports listen on.', '127.0.0.1', 'a host name or address'),
  DAYBOOK_PORT: integer('Port of the orchestrator API; 0 takes a free one.', 8143, 0, 65_535),
  DAYBOOK_JOBS_PORT: integer('Port of the Jobs API; 0 takes a free one.', 3500, 0, 65_535),
  DAYBOOK_RBAC_PORT: integer(
    'Port where the RBAC API answers too, 4433 for clients that look for it there; 0 takes a free one, absent: none.',
    null,
    0,
    65_535,
  ),
  DAYBOOK_DATA_DIR: text('Folder of all that is kept. One server at a time may use it.', '.daybook', 'a path'),
  DAYBOOK_ADMIN_TOKEN: matching(
    'Token of the administrator; absent: made at the first start and kept in `<data>/admin-token`.',
    'at least 16 printable characters without a space',
    (value) => /^[\x21-\x7e]{16,255}$/.test(value),
  ),
  DAYBOOK_PUBLIC_URL: matching(
    "Where clients reach the orchestrator API, for the URLs in its answers, and under which host the Jobs API; absent: the request's own scheme and host, and only this machine.",
    'an http or https URL',
    (value) => hasProtocol(value, ['http:', 'https:']),
  ),
  DAYBOOK_TLS_CERT: text('File with the PEM certificate of all ports; absent: plain HTTP.', null, 'a path'),
  DAYBOOK_TLS_KEY: text('File with the PEM key of the certificate.', null, 'a path'),
  DAYBOOK_SECRET_KEY: text(
    'Key that seals sensitive parameters, and older ones after it, separated by commas; absent: made at the first start and kept in `<data>/secret-key`.',
    null,
    '32 bytes in base64 each',
  ),
  DAYBOOK_LOCAL_AGENT: oneOf('Whether an agent named `localhost` runs beside an embedded nats-server.', 'on', [
    'on',
    'off',
  ]),
  DAYBOOK_AGENT_GRACE_MS: integer(
    'Milliseconds that a node may be unseen before a run that waits for it is errored; a run that has begun is given up after six times as long.',
    10_000,
    100,
    3_600_000,
  ),
  DAYBOOK_NATS_SERVER: text('The nats-server to run; absent: found or fetched.', null, 'the path of an executable'),
  DAYBOOK_NATS_HOST: text(
    'Address that the embedded nats-server listens on, at a port of its own; agents on other machines need one that they can reach.',
    '127.0.0.1',
    'a host name or address',
  ),
  NATS_URL: text(
    'Broker to use instead of an embedded nats-server: `nats://` or `tls://`, user and password or token in the URL, `?credentials=` and `?ca=` name files.',
    null,
    'a nats or tls URL',
  ),
  DATABASE_URL: matching(
    'Database of the read models; absent: SQLite in the data folder.',
    'a postgresql URL',
    (value) => hasProtocol(value, ['postgresql:', 'postgres:']),
  ),
  DAYBOOK_ENVIRONMENTPATH: text(
    'Folder of environments, each with its own `modules`; absent: only `production`.',
    null,
    'a path',
  ),
  DAYBOOK_MODULEPATH: paths('Folders of modules that every environment sees, before the bundled ones.'),
  DAYBOOK_PLANS_AT_ONCE: integer('Plans that run at the same time; others wait in their order.', 200, 1, 10_000),
  DAYBOOK_TIME_ZONE: timeZone('Time zone of cron schedules of the Jobs API that name none.', 'UTC'),
  DAYBOOK_APPS: apps('Where apps are called back when their jobs are due; what the API says of an app goes before it.'),
  DAYBOOK_APP_TIMEOUT_MS: integer(
    'Milliseconds that an app may take to answer when it is called back; after that the attempt has failed.',
    60_000,
    100,
    86_400_000,
  ),
  DAPR_API_TOKEN: matching(
    'Token that the Jobs API asks for in the header `dapr-api-token`; absent: it asks for none, and `DAYBOOK_HOST` must be of this machine only.',
    'printable characters without a space',
    (value) => /^[\x21-\x7e]{1,1000}$/.test(value),
  ),
  DAYBOOK_JOB_PRUNE_DAYS: integer(
    'Days after its end after which a job or plan job leaves the lists, though never the log; absent: it stays.',
    null,
    1,
    36_500,
  ),
  DAYBOOK_FEED: oneOf(
    'Whether each event of the log is republished as a message of its own in the NATS stream `DAYBOOK_FEED`.',
    'off',
    ['off', 'on'],
  ),
  DAYBOOK_FEED_MAX_AGE_DAYS: integer('Days after which an event leaves the feed, though never the log.', 7, 1, 36_500),
  DAYBOOK_LOG_LEVEL: oneOf('What is logged to standard error.', 'info', [
    'trace',
    'debug',
    'info',
    'warn',
    'error',
    'fatal',
    'silent',
  ]),
} as const;

/** The agent's own settings, beside those that it shares with the server. */
export const AGENT_SETTINGS = {
  DAYBOOK_PUPPET_COMMAND: command(
    'What runs Puppet on the node; arguments of the run are added. Its program is looked for on the PATH and where the packages of Puppet put it.',
    'puppet agent',
  ),
} as const;

type ValuesOf<T> = { readonly [K in keyof T]: T[K] extends Setting<infer V> ? V : never };

export type Settings = ValuesOf<typeof SETTINGS>;

export type AgentSettings = ValuesOf<typeof AGENT_SETTINGS>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The server's settings in an environment; an empty variable counts as absent.
 * @throws Error naming the first variable that is wrong, its value and what was expected
 */
export function readSettings(env: Environment): Settings {
  const settings = read(SETTINGS, env);
  if ((settings.DAYBOOK_TLS_CERT === null) !== (settings.DAYBOOK_TLS_KEY === null)) {
    throw new Error('DAYBOOK_TLS_CERT and DAYBOOK_TLS_KEY go together, expected both or neither');
  }
  const { DAYBOOK_HOST: host, DAPR_API_TOKEN: token } = settings;
  if (token === null && !isLoopback(host)) {
    throw new Error(
      `DAYBOOK_HOST is '${host}' and DAPR_API_TOKEN is not set, expected a token for the Jobs API, or a host of this machine only`,
    );
  }
  return settings;
}

/** The agent's settings in an environment. @throws as `readSettings` */
export const readAgentSettings = (env: Environment): AgentSettings => read(AGENT_SETTINGS, env);

function read<T extends Readonly<Record<string, Setting<unknown>>>>(known: T, env: Environment): ValuesOf<T> {
  const entries = Object.entries(known).map(([name, setting]) => {
    const value = env[name];
    if (value === undefined || value === '') return [name, setting.fallback];
    const parsed = setting.parse(value);
    if (parsed === undefined) throw new Error(`${name} is '${value}', expected ${setting.expected}`);
    return [name, parsed];
  });
  return Object.fromEntries(entries) as ValuesOf<T>;
}
