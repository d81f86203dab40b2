import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../api/client.js';

/** Commands that were answered as accepted: what they made, by the path of its list. */
export interface Accepted {
  readonly scheduledJobs: number[];
  readonly jobs: number[];
  /** What the tasks of these jobs leave in `file` when they come to their end. */
  readonly marks: string[];
  readonly file: string;
}

const CALLERS = 6;

/** Sends commands of several callers until `signal` aborts; what is refused or breaks off is not counted. */
export async function sendCommands(client: Client, accepted: Accepted, signal: AbortSignal): Promise<void> {
  await Promise.all(Array.from({ length: CALLERS }, (_, caller) => sendAsOne(client, accepted, signal, caller)));
}

async function sendAsOne(client: Client, accepted: Accepted, signal: AbortSignal, caller: number): Promise<void> {
  for (let turn = accepted.jobs.length * 100 + caller; !signal.aborted; turn++) {
    try {
      if (turn % 3 === 0) await schedule(client, accepted, turn);
      else if (turn % 3 === 1) await run(client, accepted, `${caller}-${turn}`);
      else await remove(client, accepted);
    } catch {
      // The server is being killed; the next call finds out whether it is gone.
      await delay(5);
    }
  }
}

const task = { task: 'echo', params: { message: 'hello' }, scope: { nodes: ['localhost'] } };

async function schedule(client: Client, accepted: Accepted, turn: number): Promise<void> {
  const scheduledTime = new Date(Date.now() + 200 + (turn % 7) * 300).toISOString();
  const options = turn % 2 === 0 ? {} : { interval: { units: 'seconds', value: 1 + (turn % 3) } };
  const answer = await client.post('schedule_task', {
    ...task,
    scheduled_time: scheduledTime,
    schedule_options: options,
  });
  if (answer.status === 202) accepted.scheduledJobs.push(nameOf(answer.json, 'scheduled_job'));
}

/** Runs a task that is likely to be at work when the server is killed. */
async function run(client: Client, accepted: Accepted, mark: string): Promise<void> {
  const { file } = accepted;
  const answer = await client.post('task', { ...task, task: 'nap', params: { seconds: 0.7, mark, file } });
  if (answer.status !== 202) return;
  accepted.jobs.push(nameOf(answer.json, 'job'));
  accepted.marks.push(mark);
  await delay(10);
}

async function remove(client: Client, accepted: Accepted): Promise<void> {
  const id = accepted.scheduledJobs.at(-20);
  if (id !== undefined) await client.delete(`scheduled_jobs/${id}`);
  await delay(10);
}

function nameOf(json: unknown, key: string): number {
  return Number((json as Record<string, { name: string }>)[key]!.name);
}
