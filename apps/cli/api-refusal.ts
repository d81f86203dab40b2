/** A server has refused what it was asked for; the message is its own. */
export class ApiRefusal extends Error {
  /** @param kind as docs/errors.md has it; null: the answer is not Daybook's */
  constructor(
    readonly status: number,
    readonly kind: string | null,
    message: string,
  ) {
    super(message);
  }
}

/** What to do about refusals, by their kind. */
const ADVICE: Readonly<Record<string, string>> = {
  'puppetlabs.orchestrator/unknown-task': "'daybook tasks list' shows which there are",
  'puppetlabs.orchestrator/unknown-plan': "'daybook plans list' shows which there are",
  'puppetlabs.orchestrator/unknown-job': "'daybook jobs list' and 'daybook schedules list' show which there are",
  'puppetlabs.orchestrator/not-permitted': "roles give permissions: 'daybook access role --help'",
  'puppetlabs.rbac/permission-denied': "roles give permissions: 'daybook access role --help'",
  'daybook/not-accepted': 'the same command may be given again',
  'daybook/outcome-unknown': 'look whether it was done before the command is given again',
};

/** @param from where the token was found; null: there was none */
export async function refusalOf(response: Response, from: string | null): Promise<ApiRefusal> {
  const { status } = response;
  const { kind, msg } = problemIn(await response.text());
  if (msg === null) {
    return new ApiRefusal(
      status,
      null,
      `the server answers ${status}, expected an answer of Daybook at ${response.url}`,
    );
  }
  const advice = status === 401 && from !== null ? ofToken(from) : ADVICE[kind ?? ''];
  return new ApiRefusal(status, kind, advice === undefined ? msg : `${msg}\n${advice}`);
}

const ofToken = (from: string) => `the token comes from ${from}; 'daybook login <name>' gets another one`;

function problemIn(text: string): { readonly kind: string | null; readonly msg: string | null } {
  try {
    const { kind, msg } = JSON.parse(text) as { kind?: unknown; msg?: unknown };
    return { kind: typeof kind === 'string' ? kind : null, msg: typeof msg === 'string' ? msg : null };
  } catch {
    return { kind: null, msg: null };
  }
}
