export * from './fold-to.js';
export * from './positions.js';
export type * from './beside.js';
export * from './projector.js';
export type { StopReason } from './stopped.js';
export { ProjectionStopped } from './stopped.js';
