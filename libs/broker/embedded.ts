import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild, writePrivateFile } from '#platform';
import type { Child, DataDirLock, Logger } from '#platform';
import { writeAgentAddress } from './address.js';
import type { BrokerAddress } from './address.js';
import type { Broker } from './broker.js';
import { ACCOUNT, embeddedConfig, logFile } from './embedded-config.js';
import { embeddedAddress, joinAddress, routeTo } from './embedded-place.js';
import type { Listen } from './embedded-place.js';
import { embeddedSettings, waitForPort } from './embedded-settings.js';
import { findNatsServer } from './find-nats-server.js';
import { isReachable, tryJetStream } from './jetstream-trouble.js';
import type { NatsUser } from './nats-user.js';
import { NATS_CHILD, endOrphans } from './orphans.js';
import { reloadConfig } from './reload.js';

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly lock: DataDirLock;
  /** The value of `DAYBOOK_NATS_SERVER`; null: look for one. */
  readonly natsServer: string | null;
  /** Where it takes connections, beside its port; absent: on this machine alone. */
  readonly listen?: Listen;
  readonly logger: Logger;
}

const HERE: Listen = { host: '127.0.0.1', tls: null };

/** A store of many gigabytes is read through before JetStream answers. */
const READY_MS = 60_000;
/** A program that dies so often before it answers once will not come up. */
const HOPELESS_DEATHS = 4;

/**
 * Starts a nats-server of our own in `<data>/nats`, and watches it until `stop()`.
 * @throws when none can be found, its port is taken, or it does not come up.
 */
export async function openEmbedded({
  dataDir,
  lock,
  natsServer,
  listen = HERE,
  logger,
}: EmbeddedOptions): Promise<Broker> {
  mkdirSync(join(dataDir, 'nats'), { recursive: true, mode: 0o700 });
  const dir = realpathSync(join(dataDir, 'nats'));
  const configFile = join(dir, 'nats-server.conf');
  const command = await findNatsServer({ given: natsServer, cacheDir: join(dir, 'bin'), logger });
  await endOrphans(lock, configFile, logger);
  const place = { ...(await embeddedSettings(dir)), listen };
  await waitForPort(place.port, listen.host);

  keepOldStore(join(dir, 'store', 'jetstream'));
  // Who else is let in, the log has to tell first.
  writePrivateFile(configFile, embeddedConfig(dir, place, []));
  const address = embeddedAddress(place);
  const program = { name: NATS_CHILD, command, args: ['-c', configFile], details: { port: place.port } };
  const child = startChild(program, { lock, logger });
  try {
    await untilReady(address, child, dir);
  } catch (error) {
    await child.stop();
    throw error;
  }
  writeAgentAddress(dataDir, joinAddress(place));
  let accounts = '';
  return {
    address,
    embedded: true,
    gate: {
      async admit(users) {
        writePrivateFile(configFile, embeddedConfig(dir, place, users));
        await reloadConfig(embeddedAddress(place, 'system'));
        const subscribers = subscribersIn(users);
        // nats-server carries out what a new account imports only when it reads its configuration once more.
        if (subscribers !== accounts) await reloadConfig(embeddedAddress(place, 'system'));
        accounts = subscribers;
      },
      route: (host) => routeTo(place, host),
    },
    survives: () => 'an acknowledged write is on disk (fsync on every commit) and survives a crash and a power failure',
    isReachable: () => isReachable(address),
    async restart() {
      await child.restart();
      await untilReady(address, child, dir);
    },
    stop: () => child.stop(),
  };
}

const subscribersIn = (users: readonly NatsUser[]) =>
  users.flatMap((user) => ('subscriber' in user ? user.subscriber : [])).join();

/** Stores that were made before Daybook had an account of its own lie under the name of the one that all are in. */
function keepOldStore(dir: string): void {
  if (existsSync(join(dir, '$G'))) renameSync(join(dir, '$G'), join(dir, ACCOUNT));
}

async function untilReady(address: BrokerAddress, child: Child, dir: string): Promise<void> {
  const deathsBefore = child.deaths;
  const until = performance.now() + READY_MS;
  for (;;) {
    const trouble = await tryJetStream(address);
    if (trouble === null) return;
    if (performance.now() > until || child.deaths - deathsBefore >= HOPELESS_DEATHS) {
      throw new Error(
        `the embedded nats-server does not answer (${lastComplaint(dir) ?? trouble}), expected JetStream`,
      );
    }
    await delay(20);
  }
}

/** The last line of its log that tells of an error. */
function lastComplaint(dir: string): string | undefined {
  try {
    const lines = readFileSync(logFile(dir), 'utf8').split('\n');
    return lines.findLast((line) => /\[(FTL|ERR)\]/.test(line))?.replace(/^.*\[(FTL|ERR)\] /, '');
  } catch {
    return undefined;
  }
}
