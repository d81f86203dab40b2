export { agentAddress, describeAddress } from './address.js';
export type { BrokerAddress, Login } from './address.js';
export type { Broker } from './broker.js';
export { connectTo } from './connect.js';
export { findNatsServer } from './find-nats-server.js';
export { parseNatsUrl } from './nats-url.js';
export type { Search } from './find-nats-server.js';
export { openBroker } from './open-broker.js';
export type { BrokerOptions } from './open-broker.js';
