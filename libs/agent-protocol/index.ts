export * from './local-node.js';
export * from './messages.js';
export * from './subjects.js';
export * from './reign.js';
export * from './report-schema.js';
