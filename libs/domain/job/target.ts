/**
 * How nodes without an agent are reached; the secrets for it are sealed with the sensitive parameters. What was not asked
 * for is left out, as many events may repeat it.
 */
export interface Target {
  readonly hostnames: readonly string[];
  readonly transport: 'ssh' | 'winrm';
  /** Who logs in. */
  readonly user: string;
  /** Default 22. */
  readonly port?: number;
  /** Who the task runs as; absent: `user`. */
  readonly runAs?: string;
  /** What becomes `runAs`, followed by that name and a command; absent: sudo. */
  readonly runAsCommand?: readonly string[];
  readonly connectTimeoutS?: number;
  /** Whether the task runs in a terminal. */
  readonly tty?: boolean;
  /** Folder on the node below which the task's own is made; absent: `/tmp`. */
  readonly tmpdir?: string;
}

/** The name under which a secret of a target is sealed: no parameter has such a one. */
export const sealedName = (index: number, key: string) => `targets[${index}].${key}`;

/** Whether a sealed value is the secret of a target and not a parameter. */
export const isOfTarget = (name: string) => name.startsWith('targets[');

const byHostname = new WeakMap<readonly object[], ReadonlyMap<string, object>>();

/** What a spec says of its nodes without an agent, all of it or what is shown. */
interface WithTargets<T> {
  readonly command: string;
  readonly targets?: readonly T[];
}

/** How a node is reached without an agent of its own; null: by its agent. */
export function targetOf<T extends Pick<Target, 'hostnames'>>({ targets }: WithTargets<T>, node: string): T | null {
  if (targets === undefined) return null;
  let known = byHostname.get(targets);
  if (!known) {
    known = new Map(targets.flatMap((target) => target.hostnames.map((name) => [name, target] as const)));
    byHostname.set(targets, known);
  }
  return (known.get(node) as T | undefined) ?? null;
}
