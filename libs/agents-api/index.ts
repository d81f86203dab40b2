export * from './agents-api.module.js';
export { admissionOr409 } from './admission-or-409.js';
export { joinAgent } from './join-agent/join.js';
export type * from './ports.js';
