export * from './encode.js';
export * from './hash.js';
export * from './high-water.js';
export { unlessLeftBehind } from './jetstream/left-behind.js';
export * from './jetstream/log.js';
export * from './port.js';
