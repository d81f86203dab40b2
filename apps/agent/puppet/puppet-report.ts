import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node, YAMLMap } from 'yaml';

/** Counters of resources, by their names in a report and in the API. */
export const METRICS = [
  'corrective_change',
  'out_of_sync',
  'restarted',
  'skipped',
  'total',
  'changed',
  'scheduled',
  'failed_to_restart',
  'failed',
] as const;

export type Metrics = Readonly<Record<(typeof METRICS)[number], number>>;

/** What is kept of a report of Puppet. */
export interface PuppetReport {
  readonly status: 'changed' | 'unchanged' | 'failed';
  readonly environment: string | null;
  /** Null: there was no catalog. */
  readonly configuration_version: string | null;
  readonly transaction_uuid: string | null;
  readonly metrics: Metrics;
}

/** A report of Puppet is not what it should be. */
export class WrongReport extends Error {
  override readonly name = 'WrongReport';
}

/**
 * Reads a report as Puppet 4 and later write it: YAML with tags of Ruby, of which only a few values count.
 * @throws WrongReport
 * @see https://www.puppet.com/docs/puppet/8/format_report.html
 */
export function parseReport(text: string): PuppetReport {
  const document = parseDocument(withoutBulk(text), { schema: 'core', logLevel: 'silent', uniqueKeys: false });
  const [error] = document.errors;
  if (error) throw new WrongReport(`the report is no YAML: ${error.message.split('\n')[0]}`);
  const report = document.contents;
  if (!isMap(report)) throw new WrongReport(`the report is ${kindOf(report)}, expected a map`);
  return {
    status: statusOf(textOf(report, 'status', document)),
    environment: textOf(report, 'environment', document),
    configuration_version: textOf(report, 'configuration_version', document),
    transaction_uuid: textOf(report, 'transaction_uuid', document),
    metrics: metricsOf(report, document),
  };
}

/**
 * What is logged and what is told of each resource is nearly all of a large report and is not asked for; to parse it
 * would take a second for each 500 kB. Ruby begins no line of such a part with anything but a space or a dash.
 */
function withoutBulk(text: string): string {
  let isBulk = false;
  const lines = text.split('\n').filter((line) => {
    if (/^[^\s-]/.test(line)) isBulk = /^(logs|resource_statuses):/.test(line);
    return !isBulk;
  });
  return lines.join('\n');
}

function statusOf(status: string | null): PuppetReport['status'] {
  if (status === 'changed' || status === 'unchanged' || status === 'failed') return status;
  throw new WrongReport(`status is ${show(status)}, expected changed, unchanged or failed`);
}

/** Ruby writes the same object as an alias when it comes again. */
function child(map: YAMLMap, name: string, document: Document): Node | null {
  const node = (map.get(name, true) as Node | undefined) ?? null;
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}

/** Null: there is none. */
function textOf(report: YAMLMap, name: string, document: Document): string | null {
  const node = child(report, name, document);
  if (node === null || (isScalar(node) && node.value === null)) return null;
  if (isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')) {
    return node.source ?? String(node.value);
  }
  throw new WrongReport(`${name} is ${kindOf(node)}, expected a text`);
}

/** A run that came to no catalog may have counted nothing. */
function metricsOf(report: YAMLMap, document: Document): Metrics {
  const metrics = child(report, 'metrics', document);
  const resources = isMap(metrics) ? child(metrics, 'resources', document) : null;
  const values = isMap(resources) ? child(resources, 'values', document) : null;
  const rows = values === null ? [] : plain(values, document);
  if (!Array.isArray(rows)) throw new WrongReport(`metrics of resources are ${kindOf(values)}, expected a list`);
  const counted = new Map(rows.map(countOf));
  return Object.fromEntries(METRICS.map((name) => [name, counted.get(name) ?? 0])) as Metrics;
}

function plain(values: Node, document: Document): unknown {
  try {
    return values.toJS(document);
  } catch (error) {
    throw new WrongReport(`metrics of resources cannot be read: ${(error as Error).message}`);
  }
}

/** A row is name, label and number. */
function countOf(row: unknown): [string, number] {
  const [name, , count] = Array.isArray(row) ? (row as unknown[]) : [];
  if (typeof name === 'string' && typeof count === 'number' && count >= 0) return [name, count];
  throw new WrongReport(`a metric of resources is ${show(row)}, expected a name, a label and a number`);
}

const kindOf = (node: unknown) =>
  isScalar(node) ? show(node.value) : isMap(node) ? 'a map' : isSeq(node) ? 'a list' : show(null);

const show = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 200);
