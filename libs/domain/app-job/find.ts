import { Refusal } from '../refusal.js';
import type { State } from '../state.js';
import type { AppJob } from './app-jobs.js';
import type { WantedVersions } from './commands.js';

interface Named {
  readonly app: string;
  readonly name: string;
  readonly ifVersion: WantedVersions;
}

/** The job that a command is about. @throws Refusal when there is none, or not in this version */
export function findAppJob(state: State, command: Named): AppJob {
  const { app, name } = command;
  const job = state.appJobs.find(app, name);
  demandVersion(command, job);
  if (!job) throw new Refusal({ code: 'unknown-app-job', app, name });
  return job;
}

/** @throws Refusal when the job, which may be missing, is in none of the wanted versions */
export function demandVersion({ app, name, ifVersion }: Named, job: AppJob | undefined): void {
  if (ifVersion === null || (job && (ifVersion === 'any' || ifVersion.includes(job.version)))) return;
  throw new Refusal({ code: 'version-conflict', app, name, version: job?.version ?? null });
}
