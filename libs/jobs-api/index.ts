export * from './jobs-api.module.js';
