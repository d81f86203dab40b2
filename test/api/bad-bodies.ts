import type { Json } from '#domain';
import { echo, echoLater, inSeconds } from './client.js';

/** A body, and the status, the kind and a part of the message that answer it. */
export type Case = readonly [what: string, body: Json | Buffer, status: number, kind: string, inMessage: string];

const bad = (what: string, body: Json | Buffer, inMessage = ''): Case => [
  what,
  body,
  400,
  'puppetlabs.orchestrator/validation-error',
  inMessage,
];

const scope = (nodes: Json) => ({ scope: { nodes } });

/** What no command takes, whatever it does. */
export const BAD_JSON: readonly Case[] = [
  bad('an empty body', '', 'empty'),
  bad('text', 'hello', 'not JSON'),
  bad('cut JSON', '{"task":"echo"', 'not JSON'),
  bad('a NUL byte', Buffer.from('{"task":"ec\0ho"}'), 'not JSON'),
  bad('an escaped NUL', '{"task":"ec\\u0000ho"}', 'NUL'),
  bad('half a surrogate pair', '{"task":"\\ud800"}', 'surrogate'),
  bad('bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'UTF-8'),
  bad('a byte order mark', '\ufeff{}', 'not JSON'),
  bad('an array', [], 'an array'),
  bad('null', 'null'),
  bad('a number', '7', '7'),
  bad('a string', '"echo"'),
  bad('deep nesting', `{"params":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'nested'),
  bad('a __proto__ key', '{"__proto__":{"task":"echo"}}', '__proto__'),
];

/** What neither `task` nor `schedule_task` takes; `whole` makes a right body with something replaced. */
const badTasks = (whole: (over: Record<string, Json>) => Json): readonly Case[] => [
  bad('no task', whole({ task: null }), 'task is missing'),
  bad('a number for a task', whole({ task: 7 }), 'task is 7'),
  bad('an empty task', whole({ task: '' }), "task is ''"),
  bad('a path for a task', whole({ task: '../echo' }), '../echo'),
  bad('a task of three parts', whole({ task: 'a::b::c' }), 'a::b::c'),
  ['a task that does not exist', whole({ task: 'nosuch' }), 404, 'puppetlabs.orchestrator/unknown-task', 'nosuch'],
  bad('no params', whole({ params: null }), 'params is missing'),
  bad('an array for params', whole({ params: [] }), 'params is an array'),
  bad('text for params', whole({ params: 'secret' }), 'params is a string'),
  bad('a parameter of another type', whole({ params: { message: 7 } }), 'message'),
  bad('an unknown parameter', whole({ params: { massage: 'hello' } }), 'massage'),
  bad('a reserved parameter', whole({ params: { _task: 'hello' } }), '_task'),
  bad('no scope', whole({ scope: null }), 'scope is missing'),
  bad('an array for a scope', whole({ scope: ['localhost'] }), 'scope is an array'),
  bad('a scope without keys', whole({ scope: {} }), 'scope has no key'),
  bad(
    'a scope of two keys',
    whole({ scope: { nodes: ['a'], node_group: '00000000-0000-4000-8000-000000000000' } }),
    'nodes and node_group',
  ),
  bad('a query that is none', whole({ scope: { query: 7 } }), 'scope.query'),
  bad('a node group that is no id', whole({ scope: { node_group: 'web' } }), 'scope.node_group'),
  bad('text for nodes', whole(scope('localhost')), 'scope.nodes is'),
  bad('a number among the nodes', whole(scope(['a', 7])), 'scope.nodes[1] is 7'),
  bad('null among the nodes', whole(scope([null])), 'scope.nodes[0] is null'),
  bad('an empty name', whole(scope([''])), 'scope.nodes[0]'),
  bad('a name with ../', whole(scope(['../../etc/passwd'])), '../../etc/passwd'),
  bad('a name with a slash', whole(scope(['a/b'])), 'a/b'),
  bad('a name with a space', whole(scope(['a b'])), 'a b'),
  bad('a name with a line break', whole(scope(['a\nb'])), 'scope.nodes[0]'),
  bad('a name with a control character', whole(scope(['a\u0007b'])), 'scope.nodes[0]'),
  bad('a name of 256 characters', whole(scope(['n'.repeat(256)])), 'scope.nodes[0]'),
  bad('a node twice', whole(scope(['a', 'b', 'a'])), "'a' twice"),
  bad(
    'names of more than 600,000 bytes',
    whole(scope(Array.from({ length: 3_000 }, (_, i) => `${i}`.padEnd(104, 'é')))),
    '600000 bytes',
  ),
  bad('15,001 nodes', whole(scope(Array.from({ length: 15_001 }, (_, i) => `n${i}`))), '15001'),
  ['no nodes', whole(scope([])), 400, 'puppetlabs.orchestrator/empty-target', 'scope.nodes'],
  bad('a number for an environment', whole({ environment: 7 }), 'environment is 7'),
  bad('a path for an environment', whole({ environment: '../production' }), '../production'),
  [
    'an environment that does not exist',
    whole({ environment: 'nosuch' }),
    404,
    'puppetlabs.orchestrator/unknown-environment',
    'nosuch',
  ],
  bad('a number for a description', whole({ description: 7 }), 'description is 7'),
  bad('a description of 10,001 characters', whole({ description: 'd'.repeat(10_001) }), 'description'),
  bad('text for noop', whole({ noop: 'yes' }), "noop is 'yes'"),
  bad('a timeout of 0', whole({ timeout: 0 }), 'timeout is 0'),
  bad('a negative timeout', whole({ timeout: -1 }), 'timeout is -1'),
  bad('a fractional timeout', whole({ timeout: 1.5 }), 'timeout is 1.5'),
  bad('text for a timeout', whole({ timeout: '60' }), "timeout is '60'"),
  bad('a huge timeout', whole({ timeout: 1e300 }), 'timeout is 1e+300'),
  bad('a concurrency of 0', whole({ concurrency: 0 }), 'concurrency is 0'),
  bad(
    'an infinite concurrency',
    JSON.stringify(whole({ concurrency: 7 })).replace('"concurrency":7', '"concurrency":1e999'),
    'concurrency',
  ),
  bad('targets', whole({ targets: [{ hostnames: ['a'], user: 'root', transport: 'ssh' }] }), 'targets'),
];

export const BAD_TASKS: readonly Case[] = [
  ...badTasks(echo),
  bad('an array for userdata', echo({ userdata: [] }), 'userdata is an array'),
  bad('text for userdata', echo({ userdata: 'T-1' }), "userdata is 'T-1'"),
];

const at = (time: Json) => echoLater({ scheduled_time: time });
const every = (interval: Json) => echoLater({ schedule_options: { interval } });

export const BAD_SCHEDULES: readonly Case[] = [
  ...badTasks(echoLater),
  bad('no time', at(null), 'scheduled_time is missing'),
  bad('a number for a time', at(1_800_000_000), 'scheduled_time is 1800000000'),
  bad('a word for a time', at('tomorrow'), "scheduled_time is 'tomorrow'"),
  bad('a time without an offset', at('2099-05-05T19:50:08'), '2099-05-05T19:50:08'),
  bad('a day alone', at('2099-05-05'), '2099-05-05'),
  bad('the 30th of February', at('2096-02-30T00:00:00Z'), '2096-02-30'),
  bad('the 29th of February of a common year', at('2099-02-29T00:00:00Z'), '2099-02-29'),
  bad('the 13th month', at('2099-13-01T00:00:00Z'), '2099-13'),
  bad('the 25th hour', at('2099-01-01T25:00:00Z'), 'T25'),
  bad('the 60th second', at('2099-01-01T00:00:60Z'), ':60Z'),
  bad('an offset of 99 hours', at('2099-01-01T00:00:00+99:00'), '+99:00'),
  bad('the year 10000 in UTC', at('9999-12-31T23:59:59-08:00'), '9999-12-31T23:59:59-08:00'),
  bad('a year of five digits', at('12099-01-01T00:00:00Z'), '12099'),
  ['a time in the past', at(inSeconds(-60)), 400, 'puppetlabs.orchestrator/invalid-time', 'scheduled_time'],
  ['the year 0', at('0000-01-01T00:00:00Z'), 400, 'puppetlabs.orchestrator/invalid-time', 'scheduled_time'],
  bad('text for schedule_options', echoLater({ schedule_options: 'hourly' }), 'schedule_options'),
  bad('a number for an interval', every(3600), 'schedule_options.interval is 3600'),
  bad('an interval without units', every({ value: 5 }), 'units is missing'),
  bad('an interval in minutes', every({ units: 'minutes', value: 5 }), "'minutes'"),
  bad('an interval without a value', every({ units: 'seconds' }), 'value is missing'),
  bad('an interval of 0', every({ units: 'seconds', value: 0 }), 'interval.value is 0'),
  bad('a negative interval', every({ units: 'seconds', value: -5 }), 'interval.value is -5'),
  bad('a fractional interval', every({ units: 'seconds', value: 0.5 }), 'interval.value is 0.5'),
  bad('text for an interval', every({ units: 'seconds', value: '5' }), "interval.value is '5'"),
  bad('an interval of a thousand years', every({ units: 'seconds', value: 31_557_600_000 }), 'interval.value'),
];

const info = (over: Record<string, Json> = {}): Record<string, Json> => ({
  plan_name: 'facts::info',
  params: { targets: 'localhost' },
  ...over,
});

/** What no request for a plan takes. */
const badPlans = (whole: (over: Record<string, Json>) => Json): readonly Case[] => [
  bad('a number for an environment', whole({ environment: 7 }), 'environment is 7'),
  bad('a path for an environment', whole({ environment: '../production' }), '../production'),
  [
    'an environment that does not exist',
    whole({ environment: 'nosuch' }),
    404,
    'puppetlabs.orchestrator/unknown-environment',
    'nosuch',
  ],
  bad('a number for a description', whole({ description: 7 }), 'description is 7'),
  bad('a description of 10,001 characters', whole({ description: 'd'.repeat(10_001) }), 'description'),
  bad('a timeout of 0', whole({ timeout: 0 }), 'timeout is 0'),
  bad('text for a timeout', whole({ timeout: '60' }), "timeout is '60'"),
];

/** What no request for a plan that is to run now takes. */
const badPlansNow = (whole: (over: Record<string, Json>) => Json): readonly Case[] => [
  ...badPlans(whole),
  bad('no plan', whole({ plan_name: null }), 'plan_name is missing'),
  bad('a number for a plan', whole({ plan_name: 7 }), 'plan_name is 7'),
  bad('a path for a plan', whole({ plan_name: '../facts' }), '../facts'),
  bad('a plan without a name', whole({ plan_name: 'facts::' }), 'facts::'),
  ['a plan that does not exist', whole({ plan_name: 'nosuch' }), 404, 'puppetlabs.orchestrator/unknown-plan', 'nosuch'],
  bad('an array for userdata', whole({ userdata: [] }), 'userdata is an array'),
];

const badParams = (whole: (over: Record<string, Json>) => Json): readonly Case[] => [
  bad('an array for params', whole({ params: [] }), 'params is an array'),
  bad('text for params', whole({ params: 'secret' }), 'params is a string'),
  bad('a parameter of another type', whole({ params: { targets: 7 } }), "parameter 'targets'"),
  bad('no value for a parameter', whole({ params: {} }), "parameter 'targets'"),
  bad('an unknown parameter', whole({ params: { targets: 'a', color: 'red' } }), "parameter 'color'"),
];

export const BAD_PLANS: readonly Case[] = [...badPlansNow(info), ...badParams(info)];

const found = (over: Record<string, Json> = {}) =>
  info({ params: { targets: { value: 'nodes[certname] { }', type: 'query' } }, ...over });
const foundBy = (targets: Json) => found({ params: { targets } });

export const BAD_ENVIRONMENT_PLANS: readonly Case[] = [
  ...badPlansNow(found),
  bad('no params', found({ params: null }), 'params is missing'),
  bad('a parameter that is no object', foundBy('secret'), 'params.targets is a string'),
  bad('a parameter without a value', foundBy({ type: 'query' }), 'params.targets.value is missing'),
  bad('a parameter of another type', foundBy({ value: 7 }), "parameter 'targets'"),
  bad('an unknown type', foundBy({ value: 'x', type: 'pql' }), "params.targets.type is 'pql'"),
  bad('a query that is none', foundBy({ value: 7, type: 'query' }), "parameter 'targets' is 7"),
  [
    'a query that cannot be read',
    foundBy({ value: 'nodes {', type: 'query' }),
    400,
    'puppetlabs.orchestrator/query-error',
    'line 1',
  ],
  bad('a node group that is no id', foundBy({ value: 'web', type: 'node_group' }), "parameter 'targets' is 'web'"),
  [
    'a node group that does not exist',
    foundBy({ value: '11111111-1111-4111-8111-111111111111', type: 'node_group' }),
    400,
    'puppetlabs.orchestrator/query-error',
    '11111111',
  ],
  bad(
    'an unknown parameter that is found',
    found({ params: { targets: { value: 'a' }, color: { value: 'nodes { }', type: 'query' } } }),
    "parameter 'color'",
  ),
];

const infoLater = (over: Record<string, Json> = {}) => {
  const { plan_name: plan, ...rest } = info();
  return { ...rest, plan: plan!, scheduled_time: inSeconds(3600), ...over };
};

export const BAD_PLAN_SCHEDULES: readonly Case[] = [
  ...badPlans(infoLater),
  ...badParams(infoLater),
  bad('no plan', infoLater({ plan: null }), 'plan is missing'),
  bad('two plans', infoLater({ plan_name: 'tutorial' }), "plan_name is 'tutorial'"),
  bad('a number for a plan', infoLater({ plan: 7 }), 'plan is 7'),
  ['a plan that does not exist', infoLater({ plan: 'nosuch' }), 404, 'puppetlabs.orchestrator/unknown-plan', 'nosuch'],
  bad('no time', infoLater({ scheduled_time: null }), 'scheduled_time is missing'),
  bad('a word for a time', infoLater({ scheduled_time: 'tomorrow' }), "scheduled_time is 'tomorrow'"),
  [
    'a time in the past',
    infoLater({ scheduled_time: inSeconds(-60) }),
    400,
    'puppetlabs.orchestrator/invalid-time',
    'scheduled_time',
  ],
  bad('a number for an interval', infoLater({ schedule_options: { interval: 5 } }), 'schedule_options.interval is 5'),
];

const JOB_EXPECTED = 'expected an integer from 1 to 999999999999999, or the same as text';

/** What names no plan job; `whole` makes a right body but for it. */
const badPlanJobs = (whole: (over: Record<string, Json>) => Json): readonly Case[] => [
  bad('no plan job', whole({}), 'plan_job is missing'),
  bad('a word for a plan job', whole({ plan_job: 'seven' }), `plan_job is 'seven', ${JOB_EXPECTED}`),
  bad('a negative plan job', whole({ plan_job: -1 }), `plan_job is -1, ${JOB_EXPECTED}`),
  bad('plan job 0', whole({ plan_job: 0 }), `plan_job is 0, ${JOB_EXPECTED}`),
  bad('an array for a plan job', whole({ plan_job: ['1'] }), 'plan_job is an array'),
  [
    'a plan job that does not exist',
    whole({ plan_job: '999999' }),
    404,
    'puppetlabs.orchestrator/unknown-job',
    '999999',
  ],
];

export const BAD_PLAN_STOPS = badPlanJobs((over) => over);

export const BAD_PLAN_TASKS: readonly Case[] = [
  ...badPlanJobs((over) => echo(over)),
  bad('no task', echo({ plan_job: '1', task: null }), 'task is missing'),
];

export const BAD_PLAN_FINISHES: readonly Case[] = [
  ...badPlanJobs((over) => ({ status: 'success', result: '', ...over })),
  bad('no status', { plan_job: '1', result: '' }, 'status is missing'),
  bad('another status', { plan_job: '1', result: '', status: 'stopped' }, "status is 'stopped'"),
];

const begin = (over: Record<string, Json>) => ({ plan_name: 'site::deploy', params: {}, sensitive: [], ...over });

export const BAD_PLAN_STARTS: readonly Case[] = [
  bad('no plan', begin({ plan_name: null }), 'plan_name is missing'),
  bad('a path for a plan', begin({ plan_name: 'site/deploy' }), 'site/deploy'),
  bad('an array for params', begin({ params: [] }), 'params is an array'),
  bad('text for sensitive', begin({ sensitive: 'password' }), "sensitive is 'password'"),
  bad('a number among the sensitive', begin({ sensitive: [7] }), 'sensitive[0] is 7'),
  bad(
    'a secret of more than 64 kB',
    begin({ params: { password: 'x'.repeat(70_000) }, sensitive: ['password'] }),
    'password have 70015 bytes',
  ),
];

export const BAD_STOPS: readonly Case[] = [
  bad('no job', {}, 'job is missing'),
  bad('a null job', { job: null }, 'job is missing'),
  bad('a word for a job', { job: 'seven' }, "job is 'seven'"),
  bad('an empty job', { job: '' }, "job is ''"),
  bad('a negative job', { job: -1 }, `job is -1, ${JOB_EXPECTED}`),
  bad('a negative job in text', { job: '-1' }, `job is '-1', ${JOB_EXPECTED}`),
  bad('job 0', { job: '00' }, `job is '00', ${JOB_EXPECTED}`),
  bad('a fractional job', { job: 1.5 }, `job is 1.5, ${JOB_EXPECTED}`),
  bad('a job of 16 digits', { job: '1234567890123456' }, '1234567890123456'),
  bad('text for force', { job: '1', force: 'yes' }, "force is 'yes'"),
  ['a job that does not exist', { job: '999999' }, 404, 'puppetlabs.orchestrator/unknown-job', '999999'],
];
