import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidPlan, linkPlans, MAX_PLAN_LENGTH, parsePlan, QUALIFIED_NAME } from '#plan-language';
import type { Plan, PlanSource } from '#plan-language';
import { entries, findModule } from '#tasks';
import type { TaskCatalogue } from '#tasks';
import type { PlanCatalogue } from './plan-catalogue.js';

/** Most bytes of a plan's file that are read; whether its text is too long is said when it is parsed. */
const MAX_BYTES = 4 * MAX_PLAN_LENGTH;

/** Plans that are remembered as they were read last. */
const REMEMBERED = 1000;

/** Opens the plans in the modules that tasks are looked for in: `<module>/plans/<name>.yaml`. */
export function openPlanCatalogue(modules: Pick<TaskCatalogue, 'modulePath'>): PlanCatalogue {
  const read = rememberPlans();
  return {
    async find(environment, name) {
      const path = await modules.modulePath(environment);
      const sources = new Map<string, PlanSource>();
      const plans = new Map<string, Plan>();
      const wanted = [name];
      for (let next = wanted.pop(); next !== undefined; next = wanted.pop()) {
        if (plans.has(next)) continue;
        const source = await sourceOf(path, next);
        // What a plan lacks is said when the plans are put together.
        if (source === null) continue;
        const plan = read(source);
        sources.set(next, source);
        plans.set(next, plan);
        wanted.push(...plan.subPlans);
      }
      const plan = plans.get(name);
      return plan === undefined
        ? null
        : { plan, program: linkPlans(name, plans), sources: Array.from(sources.values()) };
    },

    async list(environment) {
      const path = await modules.modulePath(environment);
      const names = new Set((await Promise.all(path.map(entries))).flat());
      const found = await Promise.all([...names].map((module) => plansOf(path, module)));
      const visible = found.flat().map(async (name) => ((await isPrivate(path, name, read)) ? [] : [name]));
      return (await Promise.all(visible)).flat().sort();
    },
  };
}

/** Null: there is no such plan. @throws InvalidPlan when its file cannot be read */
async function sourceOf(modulePath: readonly string[], name: string): Promise<PlanSource | null> {
  if (!QUALIFIED_NAME.test(name)) return null;
  const [module, ...own] = name.split('::') as [string, ...string[]];
  const folder = await findModule(modulePath, module);
  if (folder === null) return null;
  const file = join('plans', ...(own.length === 0 ? ['init'] : own)) + '.yaml';
  const path = join(folder, file);
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  const shown = `${module}/${file}`;
  if (!found.isFile()) throw unreadable(shown, 'it is no regular file, expected one');
  if (found.size > MAX_BYTES) {
    throw unreadable(shown, `it has ${found.size} bytes, expected at most ${MAX_BYTES}`);
  }
  return { name, file: shown, text: await readFile(path, 'utf8') };
}

const unreadable = (file: string, reason: string) => new InvalidPlan(reason, 'bolt/invalid-plan', file, null, null);

/** Names of the plans of a module, in the first folder that has it. */
async function plansOf(modulePath: readonly string[], module: string): Promise<string[]> {
  const folder = await findModule(modulePath, module);
  return folder === null ? [] : plansBelow(join(folder, 'plans'), module);
}

async function plansBelow(folder: string, prefix: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await entries(folder)) {
    const own = /^([a-z][a-z0-9_]*)(\.yaml)?$/.exec(entry);
    if (!own) continue;
    const name = `${prefix}::${own[1]!}`;
    if (own[2] === undefined) names.push(...(await plansBelow(join(folder, entry), name)));
    else names.push(own[1] === 'init' ? prefix : name);
  }
  return names;
}

/** One that cannot be read is shown: whoever asks for it is told why. */
async function isPrivate(modulePath: readonly string[], name: string, read: typeof parsePlan): Promise<boolean> {
  try {
    const source = await sourceOf(modulePath, name);
    return source === null || read(source).isPrivate;
  } catch (error) {
    if (error instanceof InvalidPlan) return false;
    throw error;
  }
}

/** As `parsePlan`, and quick where the same text came before. */
function rememberPlans(): typeof parsePlan {
  const known = new Map<string, Plan>();
  return (source) => {
    const key = JSON.stringify([source.name, source.file, createHash('sha256').update(source.text).digest('hex')]);
    const plan = known.get(key) ?? parsePlan(source);
    known.delete(key);
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value!);
    known.set(key, plan);
    return plan;
  };
}
