export * from './rbac-api.module.js';
export type * from './ports.js';
