/** What a load found out, by the keys of the report. */
export type Figures = Readonly<Record<string, number>>;

/**
 * Runs and measures, once or, where it repeats itself in the same server, `bench.repeats` times.
 * @throws Error when it did not do all that it was to do
 */
export type Load = (bench: Bench) => Promise<Figures | readonly Figures[]>;

/** What a load may use. */
export interface Bench {
  /** Path of the nats-server that every load runs. */
  readonly natsServer: string;
  /** How often what is repeated is to be measured. */
  readonly repeats: number;
  /** A number of things, as this bench is scaled; at least 1. */
  count(full: number): number;
  /** A time in milliseconds, as this bench is scaled; at least 1000. */
  spanMs(full: number): number;
  /** An empty folder, on the disk of the checkout; removed when the bench ends. */
  newFolder(): string;
  /** What is undone when this run of the load has ended, the last first. */
  readonly undo: AsyncDisposableStack;
  /** What several loads work on; made by the first of them. */
  shared<T>(name: string, make: () => Promise<T>): Promise<T>;
  /** Prints a line beside the table. */
  say(line: string): void;
}
