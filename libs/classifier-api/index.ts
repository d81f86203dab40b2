export * from './classifier-api.module.js';
