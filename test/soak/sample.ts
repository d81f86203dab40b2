import { readFileSync } from 'node:fs';

/** What a server took at one moment. */
export interface Sample {
  /** Since the load began. */
  readonly atS: number;
  readonly serverMb: number;
  readonly heapMb: number;
  /** Of nats-server. */
  readonly brokerMb: number;
  readonly agentMb: number;
  /** Files and sockets that the server has open. */
  readonly handles: number;
  /** Event-loop delay of the thread that answers requests, since the last sample. */
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
  /** Events that the read models are behind the log. */
  readonly lagEvents: number;
}

/** Asks a server what it measures of itself; that of its children is what the kernel says. */
export async function takeSample(
  { url, token, pid }: { readonly url: string; readonly token: string; readonly pid: number },
  atS: number,
): Promise<Sample> {
  const answer = await fetch(`${url}/metrics`, { headers: { 'x-authentication': token } });
  if (answer.status !== 200) throw new Error(`/metrics was answered ${answer.status}, expected 200`);
  const text = await answer.text();
  const metric = (name: string) => {
    const [, value] = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text) ?? [];
    if (value === undefined) throw new Error(`/metrics has no ${name}`);
    return Number(value);
  };
  const children = childrenOf(pid);
  const childMb = (pattern: RegExp) => residentMb(children.find((child) => pattern.test(commandOf(child))));
  return {
    atS,
    serverMb: metric('process_resident_memory_bytes') / MB,
    heapMb: metric('nodejs_heap_size_used_bytes') / MB,
    brokerMb: childMb(/nats-server/),
    agentMb: childMb(/agent/),
    handles: metric('process_open_fds'),
    delayP99Ms: metric('nodejs_eventloop_lag_p99_seconds') * 1000,
    delayMaxMs: metric('nodejs_eventloop_lag_max_seconds') * 1000,
    lagEvents: metric('daybook_projection_lag_events'),
  };
}

const MB = 1024 * 1024;

const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);

const commandOf = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8');

/** @throws Error when there is no such process */
function residentMb(pid: number | undefined): number {
  if (pid === undefined) throw new Error('the server has no such child');
  const [, kb] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
  return Number(kb) / 1024;
}
