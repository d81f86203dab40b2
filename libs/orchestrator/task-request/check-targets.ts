import type { Scope } from '#domain';
import { invalid, shown } from '#http';
import type { TargetBody } from './target-body.js';

type Targets = readonly TargetBody[];

/**
 * Checks what no declaration of a target says.
 * @throws ApiError when a target has not exactly one secret to log in with, or a host stands in two places
 */
export function checkTargets(targets: Targets): void {
  const seen = new Set<string>();
  for (const [index, target] of targets.entries()) {
    const { password, 'private-key-content': key, hostnames } = target;
    if ((password === undefined) === (key === undefined)) {
      const given = key === undefined ? 'neither' : 'both';
      throw invalid(`targets[${index}] has ${given} of password and private-key-content, expected one of them`, {
        key: `targets[${index}]`,
      });
    }
    for (const name of hostnames) {
      if (seen.has(name)) {
        throw invalid(`targets[${index}].hostnames has ${shown(name)} again, expected each host in one target, once`, {
          node: name,
        });
      }
      seen.add(name);
    }
  }
}

/**
 * Checks the hosts of targets against nodes that are named. Other scopes have their nodes anew at each run: a host that
 * is not among them has no run then, and its target is for nothing.
 * @throws ApiError when a host is none of the nodes
 */
export function checkInScope(targets: Targets, scope: Scope): void {
  if (!('nodes' in scope)) return;
  const known = new Set(scope.nodes);
  for (const [index, { hostnames }] of targets.entries()) {
    const stranger = hostnames.find((name) => !known.has(name));
    if (stranger === undefined) continue;
    throw invalid(`targets[${index}].hostnames has ${shown(stranger)}, expected nodes of the scope`, {
      node: stranger,
    });
  }
}
