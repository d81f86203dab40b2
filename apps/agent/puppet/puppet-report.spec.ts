import fc from 'fast-check';
import { stringify } from 'yaml';

import { METRICS, parseReport, WrongReport } from './puppet-report.js';

/** As Puppet writes it: with tags of Ruby, and an alias for what comes again. */
const REPORT = `--- !ruby/object:Puppet::Transaction::Report
host: web1.example.com
time: '2027-05-05T12:00:00.000000000+00:00'
configuration_version: 1809518400
transaction_uuid: 9c2b1fe9-e196-4bb3-bdb0-764ff5e5ff31
report_format: 12
status: &1 changed
noop: false
environment: production
logs:
- !ruby/object:Puppet::Util::Log
  level: !ruby/sym notice
  message: |-
    status: failed

    environment: none
  tags: !ruby/object:Puppet::Util::TagSet
  - *1
metrics:
  resources: !ruby/object:Puppet::Util::Metric
    name: resources
    label: Resources
    values:
    - - total
      - Total
      - 8
    - - changed
      - Changed
      - 1
resource_statuses:
  File[/tmp/a]: !ruby/object:Puppet::Resource::Status
    status: failed
corrective_change: false
`;

describe('a report of Puppet', () => {
  it('is read for what counts', () => {
    expect(parseReport(REPORT)).toEqual({
      status: 'changed',
      environment: 'production',
      configuration_version: '1809518400',
      transaction_uuid: '9c2b1fe9-e196-4bb3-bdb0-764ff5e5ff31',
      metrics: { ...Object.fromEntries(METRICS.map((name) => [name, 0])), total: 8, changed: 1 },
    });
  });

  it('keeps a version that is no plain number as it stands', () => {
    for (const version of ['0123', '1e3', '12345678901234567890', 'v1']) {
      expect(parseReport(`status: failed\nconfiguration_version: ${version}`)).toMatchObject({
        configuration_version: version,
      });
    }
  });

  it('follows aliases', () => {
    expect(parseReport('a: &1 unchanged\nstatus: *1')).toMatchObject({ status: 'unchanged' });
  });

  it('of a run without a catalog has counted nothing', () => {
    expect(parseReport('status: failed\nconfiguration_version:\nmetrics: {}')).toEqual({
      status: 'failed',
      environment: null,
      configuration_version: null,
      transaction_uuid: null,
      metrics: Object.fromEntries(METRICS.map((name) => [name, 0])),
    });
  });

  it.each([
    ['', 'the report is null, expected a map'],
    ['just words', 'the report is "just words", expected a map'],
    ['a: [', 'the report is no YAML: '],
    ['host: a', 'status is null, expected changed, unchanged or failed'],
    ['status: great', 'status is "great", expected changed, unchanged or failed'],
    ['status: [changed]', 'status is a list, expected a text'],
    ['status: changed\nenvironment: {}', 'environment is a map, expected a text'],
    [
      'status: changed\nmetrics: {resources: {values: [*a]}}',
      'metrics of resources cannot be read: Unresolved alias (the anchor must be set before the alias): a',
    ],
    ['status: changed\nmetrics: {resources: {values: 7}}', 'metrics of resources are 7, expected a list'],
    [
      'status: changed\nmetrics: {resources: {values: [[total, Total, many]]}}',
      'a metric of resources is ["total","Total","many"], expected a name, a label and a number',
    ],
  ])('is not %j', (text, message) => {
    expect(() => parseReport(text)).toThrow(WrongReport);
    expect(() => parseReport(text)).toThrow(message);
  });

  it('is read or refused, whatever the YAML is', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
    const { anything } = fc.letrec((tie) => ({
      anything: fc.oneof(
        { maxDepth: 3 },
        scalar,
        fc.array(tie('anything')),
        fc.dictionary(fc.string(), tie('anything')),
      ),
    }));
    const report = fc.record(
      {
        status: fc.oneof(fc.constantFrom('changed', 'failed'), anything),
        environment: anything,
        configuration_version: anything,
        metrics: fc.oneof(anything, fc.record({ resources: fc.oneof(anything, fc.record({ values: anything })) })),
      },
      { requiredKeys: ['status'] },
    );
    fc.assert(fc.property(report, (value) => isReadOrRefused(stringify(value))));
  });

  it('is read or refused, whatever the text is', () => {
    const piece = fc.oneof(
      fc.constantFrom('status: changed', '\n', '  ', '- ', '&a ', '*a', '!ruby/object:X ', '{', '}', '[', '<<: ', '? '),
      fc.constantFrom('---\n', '%TAG ! x\n', '!!binary ', '|\n', '>\n', '"', "'", '\t', ': ', '# ', '!<x> ', '\0'),
      fc.string(),
    );
    const text = fc.oneof(
      fc.array(piece).map((pieces) => pieces.join('')),
      fc.tuple(fc.nat(REPORT.length), fc.nat(20), fc.string()).map(([at, count, put]) => {
        return REPORT.slice(0, at) + put + REPORT.slice(at + count);
      }),
    );
    fc.assert(fc.property(text, isReadOrRefused), { numRuns: 500 });
  });
});

function isReadOrRefused(text: string): boolean {
  try {
    return ['changed', 'unchanged', 'failed'].includes(parseReport(text).status);
  } catch (error) {
    if (error instanceof WrongReport) return true;
    throw error;
  }
}
