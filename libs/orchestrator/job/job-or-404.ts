import { ApiError } from '#http';
import type { JobRow, Queries } from '#read-store';

/** @throws ApiError when there is no such job */
export async function jobOr404(queries: Queries, id: number): Promise<JobRow> {
  const job = await queries.job(id);
  if (!job) throw new ApiError('unknown-job', `Unknown job ${id}`, { job: String(id) });
  return job;
}
