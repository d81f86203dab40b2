import { checkpointText, isCheckpointDue } from '#domain';
import type { CommandMeta, SignCheckpoint, State } from '#domain';
import type { LogPosition } from '#event-log';
import type { Clock } from '#platform';
import type { Signer } from '#sealing';

/** How often a log is looked at in which nothing happens. */
const LOOK_EVERY_MS = 30_000;

interface Checkpoints {
  /** The log is stored up to a place; the state may be ahead of it. */
  note(state: State, position: LogPosition): void;
  /** The reign is over. */
  suspend(): void;
  close(): void;
}

/**
 * Signs checkpoints of the log while the writer reigns, whenever one is due.
 * @param store has the writer decide; a checkpoint that was not stored is signed anew
 */
export function keepCheckpoints(
  { streamId, signer, clock }: { readonly streamId: string; readonly signer: Signer; readonly clock: Clock },
  store: (checkpoint: SignCheckpoint, meta: CommandMeta) => Promise<unknown>,
): Checkpoints {
  let latest: { readonly state: State; readonly position: LogPosition } | null = null;
  let isStoring = false;

  function look(): void {
    if (latest === null || isStoring) return;
    const { state, position } = latest;
    if (!isCheckpointDue(state, position.number, clock.now())) return;
    const { number, hash } = position;
    const signature = signer.sign(checkpointText(streamId, position));
    const commandId = `log/checkpoint/${number}`;
    const meta = { commandId, actor: 'daybook', correlationId: `writer/${state.reign}` };
    isStoring = true;
    store({ type: 'sign-checkpoint', number, hash, publicKey: signer.publicKey, signature }, meta)
      .catch(() => undefined)
      .finally(() => (isStoring = false));
  }
  const looking = setInterval(look, LOOK_EVERY_MS);
  return {
    note(state, position) {
      latest = { state, position };
      look();
    },
    suspend: () => void (latest = null),
    close: () => clearInterval(looking),
  };
}
