import { emptyAccess } from './access/access.js';
import type { Access } from './access/access.js';
import { noAgents } from './agent/agents.js';
import type { Agents } from './agent/agents.js';
import type { App } from './app/events.js';
import { AppJobs } from './app-job/app-jobs.js';
import { AppRuns } from './app-job/app-runs.js';
import type { DeadLetter } from './app-job/app-runs.js';
import { DueTimes } from './due-times.js';
import type { JsonObject } from './json.js';
import { Inventory } from './inventory/inventory.js';
import type { NodeState, Spec } from './job/events.js';
import type { JobNodes } from './job/job-nodes.js';
import type { LargeValue } from './json.js';
import type { NodeGroup } from './node-group/events.js';
import { ALL_NODES } from './node-group/node-groups.js';
import type { PlanSpec } from './plan-job/events.js';
import { RecentCommands } from './recent-commands.js';
import { Schedules } from './schedules.js';
import type { Subject } from './subject/events.js';
import type { Subscriber } from './subscriber/events.js';

/** A job in flight; it leaves the state when it has ended. */
export interface Job {
  readonly id: number;
  readonly spec: Spec;
  readonly userdata: JsonObject;
  readonly nodes: JobNodes;
  readonly counts: Record<NodeState, number>;
  /** The plan job that asked for it; null: none. */
  readonly planJob: number | null;
  isStarted: boolean;
  isStopping: boolean;
  isForced: boolean;
}

/** A plan job that has not ended. */
export interface PlanJob {
  readonly id: number;
  readonly spec: PlanSpec;
  readonly targets: Readonly<Record<string, readonly string[]>>;
  readonly owner: string;
  readonly runsElsewhere: boolean;
  /** Number of the event with which it came into being. */
  readonly createdBy: number;
  /** Null: it waits for its turn. */
  startedMs: number | null;
  /** Null: it has not started, or runs elsewhere. */
  code: LargeValue | null;
  /** When each of the sub-plans began that are going on, the outermost first. */
  readonly subPlans: number[];
  /** Number of the last step that it took; 0: none. */
  lastStep: number;
}

/** A subscriber that is let in. */
export interface KnownSubscriber extends Subscriber {
  /** Since when with this key, in milliseconds since the epoch. */
  readonly sinceMs: number;
}

/** All that decisions need to know; the fold of the log. */
export interface State {
  /** Number of the last event. */
  position: number;
  /** Time of the last event. */
  timeMs: number;
  reign: number;
  /** Level of the log format and check value of the key of the last reign; null before the first. */
  opened: { readonly logFormat: number; readonly keyCheck: string } | null;
  /**
   * The newest checkpoint: the last event that it vouches for, its own event (0: there is none), and when it was signed or,
   * without one, the first reign began.
   */
  vouched: { readonly number: number; readonly event: number; readonly timeMs: number };
  lastJob: number;
  lastScheduledJob: number;
  lastPlanJob: number;
  lastAppJob: number;
  /** Among the runs of all jobs of apps. */
  lastRun: number;
  readonly subjects: Map<string, Subject>;
  readonly agents: Agents;
  /** By name. */
  readonly subscribers: Map<string, KnownSubscriber>;
  readonly nodes: Inventory;
  /** By id. */
  readonly nodeGroups: Map<string, NodeGroup>;
  readonly access: Access;
  readonly schedules: Schedules;
  readonly due: DueTimes;
  /** In flight. */
  readonly jobs: Map<number, Job>;
  /** Those that have not ended, in the order of their ids. */
  readonly planJobs: Map<number, PlanJob>;
  /** Jobs being stopped that still have new nodes. */
  readonly unskipped: Set<number>;
  /** Those that a command has defined, by id. */
  readonly apps: Map<string, App>;
  readonly appJobs: AppJobs;
  /** Of the jobs of apps that are neither paused nor wait for the end of a run. */
  readonly appDue: DueTimes;
  readonly appRuns: AppRuns;
  /** By the number of the run. */
  readonly deadLetters: Map<number, DeadLetter>;
  readonly recent: RecentCommands;
}

/** The state before the first event. */
export function emptyState(): State {
  return {
    position: 0,
    timeMs: 0,
    reign: 0,
    opened: null,
    vouched: { number: 0, event: 0, timeMs: 0 },
    lastJob: 0,
    lastScheduledJob: 0,
    lastPlanJob: 0,
    lastAppJob: 0,
    lastRun: 0,
    subjects: new Map(),
    agents: noAgents(),
    subscribers: new Map(),
    nodes: new Inventory(),
    nodeGroups: new Map([[ALL_NODES.id, ALL_NODES]]),
    access: emptyAccess(),
    schedules: new Schedules(),
    due: new DueTimes(),
    jobs: new Map(),
    planJobs: new Map(),
    unskipped: new Set(),
    apps: new Map(),
    appJobs: new AppJobs(),
    appDue: new DueTimes(),
    appRuns: new AppRuns(),
    deadLetters: new Map(),
    recent: new RecentCommands(),
  };
}
