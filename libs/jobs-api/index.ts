export { admitRequests } from './admission/admit.js';
export { JOBS_ERRORS } from './errors/codes.js';
export { jobsApiErrors } from './errors/jobs-api-errors.js';
export * from './jobs-api.module.js';
export type * from './ports.js';
