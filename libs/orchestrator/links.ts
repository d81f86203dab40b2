import type { FastifyRequest } from 'fastify';
import { originOf } from '#http';

/** The `id` URLs of an answer; they are built when it is made and stored nowhere. */
export interface Links {
  /** Of what lies at this path below the root. */
  below(path: string): string;
  scheduledJob(id: number): string;
  environmentJob(id: number): string;
  /** By the task's name. */
  task(name: string): string;
  environment(name: string): string;
  job(id: number): string;
  planJob(id: number): string;
  /** As `events`, of a plan job. */
  planJobEvents(planJob: number, start?: number): string;
  /** By the plan's name. */
  plan(name: string): string;
  nodes(job: number): string;
  report(job: number): string;
  /** From event number `start` on; all of them where it is left out. */
  events(job: number, start?: number): string;
}

export function linksFor(request: FastifyRequest, publicUrl: string | null): Links {
  const base = `${originOf(request, publicUrl)}/orchestrator/v1`;
  const planJob = (id: number) => `${base}/plan_jobs/${id}`;
  const job = (id: number) => `${base}/jobs/${id}`;
  return {
    below: (path) => `${base}/${path}`,
    task: (name) => `${base}/tasks/${pathOf(name)}`,
    plan: (name) => `${base}/plans/${pathOf(name)}`,
    environment: (name) => `${base}/environments/${name}`,
    scheduledJob: (id) => `${base}/scheduled_jobs/${id}`,
    environmentJob: (id) => `${base}/scheduled_jobs/environment_jobs/${id}`,
    job,
    planJob,
    planJobEvents: (id, start) => `${planJob(id)}/events${fromEvent(start)}`,
    nodes: (id) => `${job(id)}/nodes`,
    report: (id) => `${job(id)}/report`,
    events: (id, start) => `${job(id)}/events${fromEvent(start)}`,
  };
}

const fromEvent = (start?: number) => (start === undefined ? '' : `?start=${start}`);

/** Module and own name of a task or plan: two parts of a path. */
function pathOf(name: string): string {
  const [module, ...own] = name.split('::');
  return `${module}/${own.length === 0 ? 'init' : own.join('::')}`;
}
