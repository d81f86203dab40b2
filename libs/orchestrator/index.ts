export * from './orchestrator.module.js';
export type * from './ports.js';
