import { accessSync, constants } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { AuthorizationError } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { describeAddress, writeAgentAddress } from './address.js';
import type { BrokerAddress } from './address.js';
import type { Broker } from './broker.js';
import { connectTo } from './connect.js';
import { isReachable, jetStreamTrouble } from './jetstream-trouble.js';
import { parseNatsUrl } from './nats-url.js';
import { OLDEST_VERSION, isNewEnough } from './version.js';
import { whenJetStreamIsUp } from './when-jet-stream-is-up.js';

const REACH_MS = 10_000;
/** nats-server's default, which the sizes of commits count on. */
const LEAST_PAYLOAD = 1_048_576;

/**
 * Uses the NATS server that `NATS_URL` names, for the server and its agents alike.
 * @throws when it cannot be reached within 10 s, turns us away, is too old, has no JetStream or takes no 1 MiB messages.
 */
export async function openOutside({ natsUrl, dataDir }: { natsUrl: string; dataDir: string }): Promise<Broker> {
  const address = parseNatsUrl(natsUrl);
  refuseMissingFiles(address);
  const name = `the NATS server at ${describeAddress(address)}`;
  await using connection = await reach(address, name);
  const info = connection.info;
  if (!info || !isNewEnough(info.version)) {
    throw new Error(`${name} has version ${info?.version}, expected ${OLDEST_VERSION} or newer`);
  }
  if (info.max_payload < LEAST_PAYLOAD) {
    throw new Error(`${name} takes messages of ${info.max_payload} bytes, expected a max_payload of ${LEAST_PAYLOAD}`);
  }
  const refuseTrouble = async () => {
    const trouble = await jetStreamTrouble(connection);
    if (trouble !== null) throw new Error(`${name} has no JetStream for this login (${trouble}), expected it enabled`);
  };
  // A cluster that elects its leader says so too.
  await (info.cluster === undefined ? refuseTrouble() : whenJetStreamIsUp(refuseTrouble));

  writeAgentAddress(dataDir, { ...address, isForJoining: false });
  return {
    address,
    embedded: false,
    gate: null,
    survives: (replicas) => survival(`${name} (${info.version})`, replicas),
    isReachable: () => isReachable(address),
    restart: () => Promise.reject(new Error(`${name} is not ours to restart, expected its operator to do so`)),
    stop: () => Promise.resolve(),
  };
}

/** A client cannot read `sync_interval`: only the configuration file and the system account show it. */
function survival(name: string, replicas: number): string {
  const copies =
    replicas === 1
      ? 'in one copy, through a crash of nats-server; whether through a power failure'
      : `in ${replicas} copies, through the loss of ${Math.floor((replicas - 1) / 2)} of their servers; ` +
        'whether through a power failure of all at once';
  return (
    `${name} keeps an acknowledged write ${copies} cannot be seen from here: with sync_interval: always it does, ` +
    'with the default the last 2 minutes may be lost; and whoever has this login can delete the log'
  );
}

function refuseMissingFiles({ login, tls }: BrokerAddress): void {
  const files = {
    credentials: login.kind === 'credentials' ? login.file : null,
    ca: tls === 'never' ? null : (tls?.caFile ?? null),
  };
  for (const [parameter, file] of Object.entries(files)) {
    if (file === null) continue;
    try {
      accessSync(file, constants.R_OK);
    } catch {
      throw new Error(`${parameter} in NATS_URL is '${file}', expected the path of a readable file`);
    }
  }
}

/** Waits for a server that is about to start, as when all services of a machine start at once. */
async function reach(address: BrokerAddress, name: string): Promise<NatsConnection> {
  for (const until = performance.now() + REACH_MS; ; await delay(200)) {
    try {
      return await connectTo(address, 'daybook start', { waitOnFirstConnect: false });
    } catch (error) {
      const { message } = error as Error;
      if (error instanceof AuthorizationError) throw new Error(`${name} refuses the login in NATS_URL: ${message}`);
      if (performance.now() > until) {
        throw new Error(`${name} cannot be reached (${message}), expected an answer within ${REACH_MS / 1000} s`);
      }
    }
  }
}
