import type { Json } from '#domain';
import type { Schema } from './schema.js';

/** What the OpenAPI document says of an operation and the code of its controller does not. */
export interface Documentation {
  /** What it does, in a few words. */
  readonly summary: string;
  /** What it answers, as JSON unless `contentMediaType` says otherwise; null, or absent with 204: nothing. */
  readonly answer?: Schema | null;
  /** What it answers instead to those whose `Accept` names the media type of one of these. */
  readonly alsoAnswers?: readonly Schema[];
  /** Whether there may be nothing yet of what it shows, whatever is asked: 404. */
  readonly mayBeMissing?: boolean;
  /** What it answers in another form than that of all errors, by status. */
  readonly otherwise?: Readonly<Record<number, Schema>>;
  /** A request that succeeds: parameters by their names, and `body`. Path parameters may have theirs from the pipe. */
  readonly example?: Readonly<Record<string, Json>>;
}

const DOCUMENTATION = 'daybook:documentation';

/** Documents a route of a controller. Method, path, parameters, body, status and errors are read from the code. */
export const Documents =
  (documentation: Documentation): MethodDecorator =>
  (_prototype, _name, { value }) =>
    Reflect.defineMetadata(DOCUMENTATION, documentation, value as object);

/** Undefined: the method is not documented. */
export const documentationOf = (method: object) =>
  Reflect.getMetadata(DOCUMENTATION, method) as Documentation | undefined;
