/** Why a command was refused: a stable code and what it is about. */
export type RefusalReason =
  | { readonly code: 'unknown-job'; readonly id: number }
  | { readonly code: 'unknown-scheduled-job'; readonly id: number }
  | { readonly code: 'invalid-time'; readonly scheduledTime: string; readonly now: string }
  | { readonly code: 'empty-target' }
  | { readonly code: 'too-many-nodes'; readonly nodes: number; readonly bytes: number; readonly limit: string }
  | { readonly code: 'command-too-large'; readonly bytes: number; readonly limit: number }
  | { readonly code: 'key-reused'; readonly commandId: string };

export type RefusalCode = RefusalReason['code'];

/** A command that the rules do not allow; nothing was written. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly reason: RefusalReason) {
    super(JSON.stringify(reason));
  }
}
