import type { BulkStatement } from './rows/bulk.js';

/** Statements to be run in turn, each answered with the rows it affected; returning false undoes them all. */
export type Statements = Generator<BulkStatement, boolean, number>;

/** How rows are written in one dialect. */
export interface RowWriter {
  /** Runs all statements in one transaction; answers what they return. */
  transaction(statements: Statements): Promise<boolean>;
  /** Whether the same work may succeed later: the database was busy, full or not there. */
  isTransient(error: unknown): boolean;
}
