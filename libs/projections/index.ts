export * from './positions.js';
export * from './projector.js';
export type { StopReason } from './stopped.js';
