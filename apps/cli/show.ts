/** Takes a line for standard output, without its end. */
export type Say = (line: string) => unknown;

/** What each command takes with `.option(...JSON_OPTION)`. */
export const JSON_OPTION = ['--json', 'say the answer as JSON, on one line'] as const;

export interface JsonOption {
  readonly json?: true;
}

/** Says an answer as it is in JSON, or in lines for people. */
export function show(say: Say, { json }: JsonOption, answer: unknown, lines: () => readonly string[]): void {
  if (json) say(JSON.stringify(answer));
  else for (const line of lines()) say(line);
}
