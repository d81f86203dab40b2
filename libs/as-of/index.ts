export * from './fill-store.js';
export * from './find-moment.js';
export * from './past-stores.js';
