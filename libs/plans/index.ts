export { openCode } from './code.js';
export { openPlanCatalogue } from './open-plan-catalogue.js';
export * from './plan-catalogue.js';
export { PlanRunner } from './runner.js';
export type { PlanRunnerOptions, ReignStart } from './runner.js';
