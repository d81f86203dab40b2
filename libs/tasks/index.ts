export * from './catalogue.js';
export * from './check-params.js';
export type { Implementation, TaskMetadata, TaskParameter } from './metadata.js';
export { bundledModules, entries, findModule } from './modules.js';
export * from './task.js';
