import { ApiRefusal } from '../api-refusal.js';
import { clock, disk } from './around.js';
import type { Finding, Look, Patient } from './finding.js';
import { agents, token } from './access.js';
import { ready, readModels, timeZones, version } from './server.js';

/** In the order in which they are told. */
const LOOKS: Readonly<Record<string, Look>> = {
  ready,
  version,
  token,
  'read models': readModels,
  agents,
  clock,
  'time zones': timeZones,
  disk,
};

export type NamedFinding = Finding & { readonly subject: string };

/** Looks at everything that can be seen from here; where the server cannot be reached, at nothing else. */
export async function examine(patient: Patient): Promise<readonly NamedFinding[]> {
  const { api } = patient;
  try {
    await api.send('GET', '/healthz', undefined, { isAnonymous: true });
  } catch (error) {
    return [{ subject: 'server', ...unseen(error) }];
  }
  const looks = Object.entries(LOOKS).map(async ([subject, look]) => {
    const findings = await look(patient).catch(unseen);
    return [findings].flat().map((finding) => ({ subject, ...finding }));
  });
  const looked = (await Promise.all(looks)).flat();
  return [{ subject: 'server', outcome: 'ok', says: `${api.url} answers` }, ...onlyOnce(looked)];
}

/** What keeps one look from seeing anything keeps others, too: it is told where it is met first. */
const onlyOnce = (findings: readonly NamedFinding[]) =>
  findings.filter(({ says }, index) => findings.findIndex((other) => other.says === says) === index);

/** Not to be allowed to look is no illness. A second line of an error says what to do. */
function unseen(error: unknown): Finding {
  const outcome = error instanceof ApiRefusal && error.status === 403 ? 'warn' : 'fail';
  const [says, advice] = (error as Error).message.split('\n') as [string, string?];
  return { outcome, says, ...(advice !== undefined && { advice }) };
}
