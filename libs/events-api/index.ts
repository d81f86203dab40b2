export * from './events-api.module.js';
