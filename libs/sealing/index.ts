export * from './load-key.js';
export * from './sealer.js';
