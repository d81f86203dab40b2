import { Refusal } from '../invalid-plan.js';
import type { YamlNode } from '../yaml/node.js';

const CALL = /^[a-z][a-z0-9_]*(::[a-z][a-z0-9_]*)*\(.*\)/s;

/** A plain text that reads like a call would be a text for good: whoever wrote it meant code. @throws Refusal */
export function refuseIdleCall(key: string, node: YamlNode): void {
  if (node.is !== 'scalar' || node.style !== 'plain' || typeof node.value !== 'string' || !CALL.test(node.value))
    return;
  throw new Refusal(`${key} is the plain text '${node.value}', expected code: write it as a block after |`, node.at);
}
