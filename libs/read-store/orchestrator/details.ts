import type { JsonObject, Stored } from '#domain';

/** What `scheduled_job_details` holds. */
export interface ScheduledJobDetailsJson {
  readonly task: string;
  readonly nodes: readonly string[];
  readonly environment: string;
  readonly description: string;
  readonly noop: boolean;
  readonly intervalS: number | null;
}

/** What `job_details` holds. */
export interface JobDetailsJson {
  readonly task: string;
  readonly environment: string;
  readonly description: string;
  readonly noop: boolean;
  readonly params: Stored<JsonObject>;
  readonly sensitive: readonly string[];
  readonly nodes: readonly string[];
  readonly concurrency: number | null;
  readonly timeoutS: number | null;
  readonly scheduledJob: number | null;
  readonly userdata: JsonObject;
}
