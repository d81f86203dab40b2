export * from './exposition.js';
export * from './program-info.js';
export * from './projection-metrics.js';
export * from './registry.js';
export * from './writer-metrics.js';
