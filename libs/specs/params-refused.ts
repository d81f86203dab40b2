/** Parameters with which something cannot run. */
export class ParamsRefused extends Error {
  override readonly name = 'ParamsRefused';

  constructor(
    message: string,
    /** Names of the parameters that it is about. */
    readonly params: readonly string[],
  ) {
    super(message);
  }
}
