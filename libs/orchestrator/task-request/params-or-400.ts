import type { JsonObject } from '#domain';
import { invalid } from '#http';
import { ParamsRefused } from '#specs';

/** What is made of parameters. @throws ApiError, with `about` and their names, when they are refused */
export function paramsOr400<T>(made: Promise<T>, about: JsonObject): Promise<T> {
  return made.catch((error: unknown) => {
    if (!(error instanceof ParamsRefused)) throw error;
    throw invalid(error.message, { ...about, params: error.params });
  });
}
