export * from './authenticator.js';
export * from './forgetting.js';
export * from './password.js';
export * from './token.js';
