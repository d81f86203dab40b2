import { Registry } from 'prom-client';
import type { MetricObjectWithValues, MetricValue } from 'prom-client';

/** What one thread has measured, as plain data. */
export type Measured = readonly MetricObjectWithValues<MetricValue<string>>[];

/** Where the metrics of one thread are kept. */
export const newRegistry = () => new Registry();
