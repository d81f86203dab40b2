import { load, ValueLost } from '#large-values';
import { Refusal } from '#domain';
import type { Json, JsonObject, LargeValue, PlanFailure } from '#domain';
import { checkPlanParams, execute, InvalidPlan } from '#plan-language';
import type { Ending, Program } from '#plan-language';
import type { Logger } from '#platform';
import { CannotOpen } from '#sealing';
import type { Sealer } from '#sealing';
import { planResult } from '#specs';
import { UnknownEnvironment } from '#tasks';
import { ask } from './ask.js';
import { storeCode } from './code.js';
import { drive, sleepUntil } from './drive.js';
import type { Driven, DriveParts } from './drive.js';
import type { PlanCatalogue } from './plan-catalogue.js';

export interface RunParts extends DriveParts {
  readonly streamId: string;
  readonly plans: PlanCatalogue;
  /** Reads the program that was stored as code. */
  readonly programOf: (code: LargeValue) => Promise<Program>;
  readonly sealer: Pick<Sealer, 'seal' | 'open'>;
  readonly logger: Logger;
}

/** Begins a plan, or goes on with it, and sees it ended. @throws as `drive` */
export async function runToEnd(driven: Driven, parts: RunParts): Promise<void> {
  const { created } = driven.progress;
  try {
    await begin(driven, parts);
    void endInTime(driven, parts);
    const program = await parts.programOf(driven.progress.code!);
    const params = await paramsOf(driven, parts);
    const problems = checkPlanParams(program.root, params);
    if (problems.length > 0) {
      throw new CannotRun('bolt/validation-error', problems.map(({ message }) => message).join('; '));
    }
    const plan = execute(program, params, { seed: `${parts.streamId}/${created.id}` });
    await end(await drive(plan, driven, parts), driven, parts);
  } catch (error) {
    const isOver = error instanceof Refusal && error.reason.code === 'plan-already-finished';
    if (driven.signal.aborted || isOver) return;
    const failure = failureOf(error);
    if (failure === null) throw error;
    await end({ state: 'failure', error: failure }, driven, parts);
  }
}

/** A plan that cannot be begun. */
class CannotRun extends Error {
  constructor(
    readonly kind: string,
    message: string,
  ) {
    super(message);
  }
}

/** Why a plan cannot be run, however often one tries; null: it may be run later. */
function failureOf(error: unknown): PlanFailure | null {
  if (error instanceof InvalidPlan) {
    const { kind, message: msg, file, line, column } = error;
    return { kind, msg, details: { file, line, column } };
  }
  const kind = error instanceof CannotRun ? error.kind : FINAL.find(([type]) => error instanceof type)?.[1];
  return kind === undefined ? null : { kind, msg: (error as Error).message, details: {} };
}

const FINAL = [
  [UnknownEnvironment, 'bolt/unknown-plan'],
  [ValueLost, 'daybook/value-lost'],
  [CannotOpen, 'daybook/cannot-open'],
] as const;

/** Has the plan begin with the text that it has now, unless it began before. */
async function begin({ progress, changes, signal }: Driven, parts: RunParts): Promise<void> {
  if (progress.code !== null) return;
  const { id, spec } = progress.created;
  const found = await parts.plans.find(spec.environment, spec.plan);
  if (!found) {
    const msg = `plan is '${spec.plan}', expected one that exists in environment ${spec.environment}`;
    throw new CannotRun('bolt/unknown-plan', msg);
  }
  const code = await storeCode(found.sources, parts.largeValues);
  await ask(parts.gateway, { type: 'start-plan-job', id, code }, `plan-job/${id}/start`, signal);
  await changes.until(() => progress.code !== null);
}

async function paramsOf({ progress }: Driven, { largeValues, sealer }: RunParts): Promise<JsonObject> {
  const { spec, targets } = progress.created;
  const { commandId = '', values = {} } = spec.sealed ?? {};
  const secrets = Object.entries(values).map(
    ([name, envelope]) => [name, sealer.open(commandId, name, envelope)] as const,
  );
  return { ...(await load(spec.params, largeValues)), ...Object.fromEntries(secrets), ...targets };
}

/** Ends the plan, and what runs for it, when its time is up. */
async function endInTime(driven: Driven, parts: RunParts): Promise<void> {
  const { timeoutS } = driven.progress.created.spec;
  if (timeoutS === null) return;
  try {
    await sleepUntil(driven.progress.startedMs! + timeoutS * 1000, driven.signal, parts.clock);
    const msg = `The plan has taken more than its ${timeoutS} s`;
    const error = { kind: 'puppetlabs.orchestrator/plan-timeout', msg, details: { timeout: timeoutS } };
    await end({ state: 'failure', error }, driven, parts, true);
  } catch (error) {
    if (!driven.signal.aborted) parts.logger.error({ err: error }, 'a plan could not be ended in time');
  }
}

async function end(ending: Ending, driven: Driven, parts: RunParts, stopsJobs = false): Promise<void> {
  const { id } = driven.progress.created;
  const result: Json = ending.state === 'success' ? ending.result : { ...ending.error };
  const said = await planResult(result, parts.largeValues);
  const command = { type: 'end-plan-job', id, state: ending.state, ...said, stopsJobs } as const;
  await ask(parts.gateway, command, `plan-job/${id}/end`, driven.signal);
}
