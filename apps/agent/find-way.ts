import { agentInbox } from '#agent-protocol';
import { agentAddress, parseNatsUrl } from '#broker';
import type { BrokerAddress } from '#broker';
import type { Logger } from '#platform';

import { digestOf, keep, newIdentity, openIdentity, publicKeyOf } from './identity.js';
import type { Identity, Route } from './identity.js';
import { joinHere } from './join-here.js';
import { joinOverHttp } from './join-over-http.js';
import type { Invitation } from './join-over-http.js';

export interface WayOptions {
  readonly node: string;
  /** The agent's own. */
  readonly folder: string;
  /** Of the server, where it is on this machine. */
  readonly dataDir: string;
  /** `NATS_URL`; null: the server runs NATS. */
  readonly natsUrl: string | null;
  /** Null: it has joined before, or the server is on this machine. */
  readonly invitation: Invitation | null;
  readonly logger: Logger;
}

/** How an agent gets into NATS. */
export interface Way {
  readonly address: BrokerAddress;
  /** Joins, so that NATS lets in who it turned away; null: there is nothing to join. */
  readonly join: (() => Promise<void>) | null;
}

/**
 * Finds out where to connect and as whom. A join token is used once: an agent that has joined with it goes on from there.
 * @throws Error when it cannot join
 */
export async function findWay(options: WayOptions): Promise<Way> {
  const { node, folder, dataDir, natsUrl, invitation } = options;
  if (natsUrl !== null) return { address: { ...parseNatsUrl(natsUrl), inboxPrefix: agentInbox(node) }, join: null };
  const known = openIdentity(folder);
  if (invitation !== null) return wayOf(await joinWith(invitation, known, options));
  if (known.joined !== null) return wayOf(known);
  const here = agentAddress(dataDir);
  if (!here.isForJoining) return { address: { ...here, inboxPrefix: agentInbox(node) }, join: null };
  const route = { servers: here.servers, tls: here.tls, inboxPrefix: agentInbox(node) };
  const request = { node, publicKey: publicKeyOf(known) };
  return { address: addressOf(known, route), join: () => joinHere(here, request) };
}

async function joinWith(invitation: Invitation, known: Identity, options: WayOptions): Promise<Identity> {
  const { node, folder, logger } = options;
  const tokenDigest = digestOf(invitation.token);
  if (known.joined?.tokenDigest === tokenDigest) return known;
  // One that has joined with another token was revoked, and its key with it.
  const identity = known.joined === null ? known : newIdentity(folder);
  const route = await joinOverHttp(invitation, node, identity, logger);
  return keep(folder, { seed: identity.seed, joined: { route, tokenDigest } });
}

const wayOf = (identity: Identity): Way => ({ address: addressOf(identity, identity.joined!.route), join: null });

const addressOf = ({ seed }: Identity, route: Route): BrokerAddress => ({ ...route, login: { kind: 'nkey', seed } });
