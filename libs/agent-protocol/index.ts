export * from './local-node.js';
export * from './messages.js';
export * from './subjects.js';
export * from './facts.js';
export * from './hello.js';
export { readHello } from './hello-schema.js';
export * from './reign.js';
export { isReport } from './report-schema.js';
