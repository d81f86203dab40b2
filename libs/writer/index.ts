export * from './forwarding.js';
export * from './gateway.js';
export * from './recover.js';
export * from './reigns.js';
export * from './remote-gateway.js';
export * from './routed-gateway.js';
export * from './wire.js';
export * from './writer.js';
