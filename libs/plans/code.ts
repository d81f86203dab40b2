import { json } from 'node:stream/consumers';
import type { LargeValue } from '#domain';
import type { LargeValues } from '#large-values';
import { linkPlans, parsePlan } from '#plan-language';
import type { PlanSource, Program } from '#plan-language';

/** Keeps the text of a plan and its sub-plans under its digest, so that a plan job goes on with what it began with. */
export function storeCode(sources: readonly PlanSource[], largeValues: LargeValues): Promise<LargeValue> {
  return largeValues.put(Buffer.from(JSON.stringify(sources)));
}

/** Programs that are remembered. */
const REMEMBERED = 100;

/** Reads programs that were stored; the last ones are remembered. */
export function openCode(largeValues: LargeValues): (code: LargeValue) => Promise<Program> {
  const programs = new Map<string, Promise<Program>>();
  return ({ sha256 }) => {
    const known = programs.get(sha256);
    if (known) return known;
    const program = json(largeValues.get(sha256)).then((sources) => programOf(sources as PlanSource[]));
    program.catch(() => programs.delete(sha256));
    if (programs.size >= REMEMBERED) programs.delete(programs.keys().next().value!);
    programs.set(sha256, program);
    return program;
  };
}

/** @param sources the plan, and then all its sub-plans. @throws InvalidPlan */
export function programOf(sources: readonly PlanSource[]): Program {
  return linkPlans(sources[0]!.name, new Map(sources.map((source) => [source.name, parsePlan(source)])));
}
