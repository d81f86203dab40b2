import type { Api } from '../api.js';
import type { Finding, Look, Patient } from './finding.js';

const LAG_WARN_S = 5;

export const ready: Look = async ({ api }) => {
  const response = await api.send('GET', '/readyz', undefined, { isAnonymous: true });
  const { status, reasons = [] } = (await response.json()) as { status?: string; reasons?: readonly string[] };
  if (status === 'ready') return { outcome: 'ok', says: 'it can work' };
  const says = status === undefined ? [`/readyz answers ${response.status}, expected an answer of Daybook`] : reasons;
  return says.map((reason) => ({ outcome: 'fail', says: reason, advice: 'the log of the server says more' }));
};

export const version: Look = async ({ api, version: own }) => {
  const response = await api.send('GET', '/status/v1/services', undefined, { isAnonymous: true });
  const services = (await response.json()) as Readonly<Record<string, { service_version?: string }>>;
  const program = services['orchestrator-service']?.service_version;
  if (program === `daybook ${own}`) return { outcome: 'ok', says: program };
  return {
    outcome: 'warn',
    says: `the server is ${program ?? 'unknown'}, this is daybook ${own}`,
    advice: 'use the command line that comes with the server',
  };
};

export const readModels: Look = async ({ api }) => {
  const metrics = await metricsOf(api);
  const events = Number(metrics.get('daybook_projection_lag_events')?.value);
  const seconds = Number(metrics.get('daybook_projection_lag_seconds')?.value);
  if (seconds < LAG_WARN_S) return { outcome: 'ok', says: 'they show all events' };
  const says = `they are ${events} events behind, for ${Math.round(seconds)} s`;
  return { outcome: 'warn', says, advice: 'wait while a rebuild goes on, else look at the log of the server' };
};

/** What Node knows of time zones ages; several releases a year tell of changed rules. */
export const timeZones: Look = async ({ api }: Patient): Promise<Finding> => {
  const theirs = (await metricsOf(api)).get('daybook_info')?.labels['tz'] ?? 'unknown';
  const own = process.versions.tz ?? 'unknown';
  const advice = 'a newer Node brings newer ones';
  if (theirs < own) return { outcome: 'warn', says: `the server has the rules ${theirs}, here are ${own}`, advice };
  if (Number(theirs.slice(0, 4)) >= new Date().getFullYear() - 1) return { outcome: 'ok', says: `rules ${theirs}` };
  return { outcome: 'warn', says: `the server has the rules ${theirs}, which are old`, advice };
};

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: string;
}

/** Of each metric the last sample. */
async function metricsOf(api: Api): Promise<ReadonlyMap<string, Sample>> {
  const text = await (await api.ask('GET', '/metrics')).text();
  const samples = Array.from(text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm), ([, name, labels = '', value]) => {
    const read = Array.from(labels.matchAll(/(\w+)="([^"]*)"/g), ([, label, of]) => [label!, of!] as const);
    return [name!, { labels: Object.fromEntries(read), value: value! }] as const;
  });
  return new Map(samples);
}
