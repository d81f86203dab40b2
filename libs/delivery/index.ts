export { appPermissions, appSubjects } from './app-subjects.js';
export { Deliveries } from './deliveries.js';
export type { DeliveriesOptions } from './deliveries.js';
export type { DeliveryOrder } from './delivery-order.js';
export type { ConfiguredApp } from './directory.js';
export { refusalOf } from './refused-address.js';
export { runId } from './run-id.js';
export { subscribeToJobs } from './subscribe.js';
export type { Offer } from './subscribe.js';
