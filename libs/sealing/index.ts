export * from './load-keys.js';
export * from './sealer.js';
export * from './signer.js';
