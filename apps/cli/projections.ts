import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import type { Begun, EndedWork, Projection, Projections } from '#projections-api';
import type { Api } from './api.js';
import { columns } from './columns.js';
import { progressOn, terminal } from './progress.js';

type Say = (line: string) => unknown;
type Json = { readonly json?: true };

/** How often it is asked how far the server is. */
const POLL_MS = 200;

/** The read models of a server: `daybook projections …`. */
export function projectionsCommands(api: Api, say: Say): Command {
  const projections = new Command('projections').description('Shows, compares and rebuilds the read models.');

  projections
    .command('status')
    .description('Shows how far each projection is, and what is done beside its tables.')
    .option('--json', 'say it as JSON')
    .addHelpText('after', '\nExample: daybook projections status')
    .action(async ({ json }: Json) => {
      const { items } = await list(api);
      const rows = items.map((item) => [item.name, item.version, item.position, item.lag, stateOf(item)]);
      const lines = columns(['name', 'version', 'position', 'lag', 'state'], rows);
      for (const line of json ? [JSON.stringify(items)] : lines) say(line);
    });

  const beside = (work: 'rebuild' | 'compare', description: string, after: string) =>
    projections
      .command(work)
      .description(description)
      .argument('[name]', 'of a projection; else all, one after the other')
      .option('--json', 'say the outcomes as JSON')
      .addHelpText('after', after)
      .action(async (name: string | undefined, { json }: Json) => {
        const names = name === undefined ? (await list(api)).items.map((item) => item.name) : [name];
        for (const each of names) {
          const ended = await workOn(api, work, each);
          if (json) say(JSON.stringify({ projection: each, ...ended }));
          else for (const line of linesOf(each, ended)) say(line);
          if (work === 'compare' && ended.differences !== 0) process.exitCode = 1;
        }
      });

  beside(
    'compare',
    'Compares the tables with those that the log gives.',
    '\nExit status: 0 when all rows are alike, 1 when not, or when they could not be compared.\nExample: daybook projections compare orchestrator',
  );
  beside(
    'rebuild',
    'Builds tables anew beside those that are read, which are replaced at the end.',
    '\nExample: daybook projections rebuild',
  );
  return projections;
}

const list = (api: Api) => api.call<Projections>('GET', '/projections');

/** Has the server do something beside a projection's tables, and waits until it is done. */
async function workOn(api: Api, work: 'rebuild' | 'compare', name: string): Promise<EndedWork> {
  const { id } = await api.call<Begun>('POST', `/projections/${encodeURIComponent(name)}/${work}`);
  let left = '';
  const progress = progressOn({ ...terminal, write: (text) => terminal.write(`${text}${left}`) });
  try {
    for (;;) {
      const { running, ended } = (await list(api)).items.find((item) => item.name === name)!;
      if (running?.id === id) {
        const { phase, done, total, eta_seconds: etaS } = running;
        left = `, ${phase}${etaS === null ? '' : `, about ${etaS} s left`}`;
        progress.show(total === 0 ? null : done / total, done);
      } else if (ended === null || ended.id < id) {
        throw new Error(`the server was started again during the ${work} of ${name}, which changed nothing`);
      } else if (ended.failure !== null) {
        throw new Error(`the ${work} of ${name} failed and changed nothing: ${ended.failure}`);
      } else return ended;
      await delay(POLL_MS);
    }
  } finally {
    left = '';
    progress.clear();
  }
}

function stateOf({ stopped, running }: Projection): string {
  const state = stopped === null ? 'at work' : `stopped: ${stopped.reason}`;
  if (running === null) return state;
  const { work, phase, done, total, eta_seconds: etaS } = running;
  const share = total === 0 ? 0 : Math.floor((100 * done) / total);
  return `${state}; ${work}, ${phase}, ${share} %${etaS === null ? '' : `, about ${etaS} s left`}`;
}

function linesOf(name: string, { work, position, differences, tables }: EndedWork): string[] {
  const rows = tables.reduce((sum, { folded }) => sum + folded, 0);
  const subject = work === 'rebuild' ? `${name} is rebuilt;` : `${name}:`;
  if (differences === 0) return [`${subject} all ${rows} rows are those of the log up to event ${position}`];
  const unlike = tables.filter((table) => table.differences > 0);
  const firstOf = (first: readonly object[]) => first.map((key) => Object.values(key).join(' ')).join(', ');
  return [
    `${subject} ${differences} rows ${work === 'rebuild' ? 'were' : 'are'} not those of the log up to event ${position}`,
    ...columns(
      ['table', 'rows', 'in the log', 'unlike', 'the first'],
      unlike.map(({ table, live, folded, differences: count, first }) => [table, live, folded, count, firstOf(first)]),
    ),
  ];
}
