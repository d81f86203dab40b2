export * from './queries.js';
export * from './projection.js';
export * from './store.js';
export * from './rows/operation.js';
export * from './rows/changes.js';
export * from './rows/bulk.js';
export type { ShownSpec } from './orchestrator/details.js';
export * from './orchestrator/index.js';
export * from './open.js';
