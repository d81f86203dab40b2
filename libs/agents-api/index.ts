export * from './agents-api.module.js';
export { joinAgent } from './join-agent/join.js';
export type * from './ports.js';
