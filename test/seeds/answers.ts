import type { JsonObject } from '#domain';

/** What the pages print and servers answer, as far as it is looked at. */
export interface ScheduledJob {
  readonly name: string;
  readonly type: 'task' | 'deploy' | 'plan';
  readonly task?: string;
  readonly plan?: string;
  readonly scope: JsonObject;
  readonly enviroment: string;
  readonly owner: JsonObject;
  readonly description: string;
  readonly next_run: string;
  readonly scheduled_time: string;
  readonly schedule_options: JsonObject;
  readonly noop: boolean;
  readonly job_options: JsonObject;
}

export interface Link {
  readonly id: string;
}

export interface Job {
  readonly name: string;
  readonly owner: JsonObject;
  readonly options: JsonObject;
  readonly timestamp: string;
  readonly status: readonly {
    readonly state: string;
    readonly enter_time: string;
    readonly exit_time: string | null;
  }[];
  readonly nodes: Link;
  readonly report: Link;
}

export interface JobNode {
  readonly name: string;
  readonly timestamp: string;
  readonly message: string;
  readonly transaction_uuid: string | null;
  readonly details: {
    readonly message?: string;
    readonly 'run-time'?: number;
    readonly 'report-url'?: string;
  };
  readonly result?: JsonObject;
}

export interface PlanJob {
  readonly name: string;
  readonly state: string;
  readonly options: {
    readonly description: string;
    readonly plan_name: string;
    readonly parameters: JsonObject;
    readonly environment?: string;
    readonly project?: JsonObject;
  };
  readonly owner: JsonObject & { readonly login: string };
  readonly created_timestamp: string;
  readonly finished_timestamp: string | null;
  readonly duration: number;
  readonly events: Link;
  readonly userdata: JsonObject;
  /** Of the jobs that it had run, by their names. */
  readonly status?: JsonObject;
}

export interface List<T> {
  readonly items: readonly T[];
  readonly pagination: JsonObject;
}
