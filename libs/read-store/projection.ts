import type { EventType, RecordedEvent } from '#domain';

import type { CountTable, Operation, TableName } from './rows/operation.js';

export type EventOf<T extends EventType> = Extract<RecordedEvent, { readonly type: T }>;

/** What an event does to rows; it depends on nothing but the event. */
export type Fold<T extends EventType> = (event: EventOf<T>) => readonly Operation[];

/** A read model as data. */
export interface Projection {
  readonly name: string;
  /** Counts the meanings of its rows: one that is stored with another version is built anew. */
  readonly version: number;
  /** The tables that belong to it alone. */
  readonly tables: readonly (TableName | CountTable)[];
  /** Rows that are there before the first event. */
  readonly initial: readonly Operation[];
  /** What each event does; `ignore` says that it does nothing here. */
  readonly on: { readonly [T in EventType]: Fold<T> | 'ignore' };
}

type FoldOfAny = (event: RecordedEvent) => readonly Operation[];

/** What each event does by one set of folds, and then what it does by another. */
export function together(first: Projection['on'], second: Readonly<Record<EventType, FoldOfAny | 'ignore'>>) {
  const folds = Object.entries(second).map(([type, other]) => {
    const one = first[type as EventType] as FoldOfAny | 'ignore';
    if (one === 'ignore' || other === 'ignore') return [type, one === 'ignore' ? other : one] as const;
    return [type, (event: RecordedEvent) => [...one(event), ...other(event)]] as const;
  });
  return Object.fromEntries(folds) as unknown as Projection['on'];
}

/** The operations of one event. @throws TypeError for an event that the projection does not know */
export function foldEvent(projection: Projection, event: RecordedEvent): readonly Operation[] {
  const fold = projection.on[event.type] as Fold<EventType> | 'ignore' | undefined;
  if (fold === undefined) throw new TypeError(`event is of type '${String(event.type)}', expected one that is known`);
  return fold === 'ignore' ? [] : fold(event);
}
