import type { FastifyRequest } from 'fastify';
import { originOf } from '#http';

/** The `id` URLs of an answer; they are built when it is made and stored nowhere. */
export interface Links {
  scheduledJob(id: number): string;
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
    scheduledJob: (id) => `${base}/scheduled_jobs/${id}`,
    job,
    nodes: (id) => `${job(id)}/nodes`,
    report: (id) => `${job(id)}/report`,
    events: (id, start) => `${job(id)}/events${start === undefined ? '' : `?start=${start}`}`,
  };
}
