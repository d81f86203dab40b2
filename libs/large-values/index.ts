export * from './port.js';
export * from './stored.js';
export * from './jetstream.js';
