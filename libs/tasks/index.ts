export * from './catalogue.js';
export * from './check-params.js';
export type { Implementation, TaskMetadata, TaskParameter } from './metadata.js';
export { bundledModules } from './modules.js';
export { parseType } from './parse-type.js';
export { printType } from './print-type.js';
export * from './puppet-type.js';
export * from './task.js';
