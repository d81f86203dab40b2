import type { PlanJobEvents, PlanAction, PlanEndState, PlanPlace, PlanSpec, StepEventType } from './events.js';
import type { TaskSpec } from '../job/events.js';
import type { Json, JsonObject, LargeValue } from '../json.js';

interface CreatePlanJob {
  readonly type: 'create-plan-job';
  readonly spec: PlanSpec;
  readonly owner: string;
  readonly description: string;
  readonly userdata: JsonObject;
  readonly runsElsewhere: boolean;
}

/** Ends a plan at once; jobs of it that are running go on. */
interface StopPlanJob {
  readonly type: 'stop-plan-job';
  readonly id: number;
}

interface StartPlanJob {
  readonly type: 'start-plan-job';
  readonly id: number;
  readonly code: LargeValue;
}

/** The step events that whoever runs the plan asks for by their content; what answers a query is for the writer to find. */
type ToldType = Exclude<StepEventType, 'daybook.plan-job.query-answered'>;

/** A step event without what the command says of every step, and what the decision knows by itself. */
type TakenOf<T extends ToldType> = { readonly type: T } & {
  readonly data: Omit<PlanJobEvents[T], 'id' | 'step' | 'at' | 'startedAt'>;
};

/** What a plan does as its next step. */
export type PlanStep =
  | { [T in ToldType]: TakenOf<T> }[ToldType]
  | { readonly type: 'query'; readonly query: string }
  | {
      readonly type: 'run';
      readonly action: PlanAction;
      readonly spec: TaskSpec;
      readonly nodes: readonly string[];
      readonly description: string;
    };

/** Takes a step of a plan, once, however often it is asked for. */
interface TakePlanStep {
  readonly type: 'take-plan-step';
  readonly id: number;
  /** Number of the step; the one after the last that was taken. */
  readonly step: number;
  readonly at: PlanPlace;
  readonly taken: PlanStep;
}

interface EndPlanJob {
  readonly type: 'end-plan-job';
  readonly id: number;
  readonly state: PlanEndState;
  readonly result: Json;
  readonly large: LargeValue | null;
  /** Whether its jobs that are still running are stopped with force. */
  readonly stopsJobs: boolean;
}

/** Takes plan jobs that have ended out of the lists. */
interface PrunePlanJobs {
  readonly type: 'prune-plan-jobs';
  readonly ids: readonly number[];
}

export type PlanCommand = CreatePlanJob | StopPlanJob | StartPlanJob | TakePlanStep | EndPlanJob | PrunePlanJobs;
