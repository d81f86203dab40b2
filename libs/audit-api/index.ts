export * from './audit-api.module.js';
export type * from './ports.js';
