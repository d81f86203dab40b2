export * from './child.js';
export * from './clock.js';
export * from './data-dir-lock.js';
export * from './logger.js';
export * from './private-file.js';
export * from './process-end.js';
export * from './process-identity.js';
export * from './settings.js';
