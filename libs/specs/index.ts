export { ParamsRefused } from './params-refused.js';
export { planResult } from './plan-result.js';
export type { PlanResult } from './plan-result.js';
export { sealParams, splitParams } from './sealed-params.js';
export { taskSpec } from './task-spec.js';
export type { TaskRun } from './task-spec.js';
