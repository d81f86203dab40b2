import { ApiError } from '#http';
import { UnknownEnvironment } from '#tasks';

/** What the catalogue finds in an environment. @throws ApiError when there is no such environment */
export function inEnvironment<T>(environment: string, found: Promise<T>): Promise<T> {
  return found.catch((error: unknown) => {
    if (!(error instanceof UnknownEnvironment)) throw error;
    throw new ApiError('unknown-environment', `Unknown environment ${environment}`, { environment });
  });
}
