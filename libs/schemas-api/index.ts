export * from './kept-schemas.js';
export * from './schemas-api.module.js';
