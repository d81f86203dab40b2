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
  nodes(job: number): string;
  report(job: number): string;
  /** From event number `start` on; all of them where it is left out. */
  events(job: number, start?: number): string;
}

export function linksFor(request: FastifyRequest, publicUrl: string | null): Links {
  const base = `${originOf(request, publicUrl)}/orchestrator/v1`;
  const job = (id: number) => `${base}/jobs/${id}`;
  return {
    below: (path) => `${base}/${path}`,
    task: (name) => {
      const [module, own = 'init'] = name.split('::');
      return `${base}/tasks/${module}/${own}`;
    },
    environment: (name) => `${base}/environments/${name}`,
    scheduledJob: (id) => `${base}/scheduled_jobs/${id}`,
    environmentJob: (id) => `${base}/scheduled_jobs/environment_jobs/${id}`,
    job,
    nodes: (id) => `${job(id)}/nodes`,
    report: (id) => `${job(id)}/report`,
    events: (id, start) => `${job(id)}/events${start === undefined ? '' : `?start=${start}`}`,
  };
}
