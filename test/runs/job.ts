import type { Json, JsonObject } from '#domain';
import type { Client } from '../api/client.js';
import { ended, until } from '../api/client.js';

export interface JobEvent {
  readonly id: string;
  readonly type: string;
  readonly details: { readonly node?: string; readonly state?: string; readonly detail?: Json };
}

export interface JobNode {
  readonly name: string;
  readonly state: string;
  readonly message: string;
  readonly result: JsonObject | null;
  readonly details: JsonObject;
}

/** Asks for a task at once. @returns the id of its job */
export async function run(client: Client, task: string, nodes: readonly string[], more: JsonObject = {}) {
  const { status, json, text } = await client.post('task', { task, params: {}, scope: { nodes }, ...more });
  if (status !== 202) throw new Error(`the task was not taken: ${text}`);
  return (json as { job: { name: string } }).job.name;
}

export const eventsOf = async (client: Client, id: string) =>
  ((await client.get(`jobs/${id}/events`)).json as { items: readonly JobEvent[] }).items;

export const nodesOf = async (client: Client, id: string) =>
  ((await client.get(`jobs/${id}/nodes`)).json as { items: readonly JobNode[] }).items;

/** Waits for the end of a job. */
export async function outcomeOf(client: Client, id: string) {
  const { json } = await ended(client, id);
  return json as {
    readonly state: string;
    readonly node_states: JsonObject;
    readonly status: readonly { readonly state: string }[];
  };
}

/** The states that a job has gone through. */
export const historyOf = async (client: Client, id: string) =>
  (await outcomeOf(client, id)).status.map(({ state }) => state);

/** Waits until some nodes of a job are in a state. */
export const inState = (client: Client, id: string, state: string, count = 1) =>
  until(
    () => client.get(`jobs/${id}/nodes?state=${state}`),
    ({ json }) => (json as { items: readonly unknown[] }).items.length === count,
  );

/** Types and nodes of a job's events, in their order. */
export const storyOf = async (client: Client, id: string) =>
  (await eventsOf(client, id)).map(({ type, details }) => [type, details.node ?? details.state ?? ''].join(' ').trim());
