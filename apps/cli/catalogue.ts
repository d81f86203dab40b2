import type { Command } from 'commander';
import type { Json } from '#domain';
import type { Api } from './api.js';
import { columns } from './columns.js';
import { printable } from './printable.js';
import type { JsonOption, Say } from './show.js';
import { JSON_OPTION, show } from './show.js';

interface Shown {
  readonly name: string;
  readonly metadata: {
    readonly description?: string;
    readonly parameters?: Readonly<Record<string, Parameter>>;
  };
}

/** A default stands under one name in tasks, under the other in plans. */
interface Parameter {
  readonly type?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly default_value?: Json;
}

interface ListOptions extends JsonOption {
  readonly environment: string;
}

/** `list` and `show` of the tasks or the plans that there are. */
export function addCatalogue(group: Command, kind: 'task' | 'plan', api: Api, say: Say): void {
  const path = `/orchestrator/v1/${kind}s`;
  group
    .command('list')
    .description(`Lists the names of the ${kind}s that there are.`)
    .option('--environment <environment>', 'where they are looked for', 'production')
    .option(...JSON_OPTION)
    .addHelpText('after', `\nExample: daybook ${kind}s list`)
    .action(async ({ environment, ...options }: ListOptions) => {
      const query = new URLSearchParams({ environment }).toString();
      const answer = await api.call<{ items: readonly { name: string }[] }>('GET', `${path}?${query}`);
      show(say, options, answer, () => answer.items.map(({ name }) => name));
    });
  group
    .command('show')
    .description(`Shows what a ${kind} does and which parameters it takes.`)
    .argument(`<${kind}>`, `name of the ${kind}`)
    .option('--environment <environment>', 'where it is looked for', 'production')
    .option(...JSON_OPTION)
    .addHelpText('after', `\nExample: daybook ${kind}s show ${kind === 'task' ? 'echo' : 'tutorial'}`)
    .action(async (name: string, { environment, ...options }: ListOptions) => {
      const query = new URLSearchParams({ environment }).toString();
      const answer = await api.call<Shown>('GET', `${path}/${placeOf(name)}?${query}`);
      show(say, options, answer, () => linesOf(answer));
    });
}

/** `module/init` of `module`, `module/a::b` of `module::a::b`. */
function placeOf(name: string): string {
  const [module, ...own] = name.split('::') as [string, ...string[]];
  return [module, own.join('::') || 'init'].map(encodeURIComponent).join('/');
}

function linesOf({ name, metadata: { description, parameters = {} } }: Shown): string[] {
  const rows = Object.entries(parameters).map(
    ([param, { type, default: ofTask, default_value, description: about }]) => {
      const fallback = ofTask ?? default_value;
      return [param, type ?? 'Any', fallback === undefined ? null : JSON.stringify(fallback), about ?? ''];
    },
  );
  const head = description === undefined ? name : `${name}: ${printable(description)}`;
  return rows.length === 0 ? [head] : [head, '', ...columns(['parameter', 'type', 'default', 'description'], rows)];
}
