import { Readable } from 'node:stream';
import fc from 'fast-check';
import { checkpointText } from '#domain';
import type { Checkpoint } from '#domain';
import { createSigner } from '#sealing';
import type { Signer } from '#sealing';
import { LedgerBroken } from './broken.js';
import { LedgerCheck } from './check.js';
import type { Expected } from './checkpoints.js';
import { checkLines } from './read-ledger.js';
import { commits, ledgerOf } from './testing/ledgers.js';
import type { MadeCommit } from './testing/ledgers.js';

const STREAM = 'a-log';
const signer = createSigner(new Uint8Array(32).fill(1));
const forger = createSigner(new Uint8Array(32).fill(2));

type Place = Parameters<NonNullable<MadeCommit['checkpoint']>>[0];

const signedBy =
  ({ publicKey, sign }: Signer) =>
  (place: Place): Checkpoint => ({ ...place, publicKey, signature: sign(checkpointText(STREAM, place)) });

/** A log with a checkpoint in its last commit, and perhaps one before; all of them by themselves as well. */
function logOf(made: readonly MadeCommit[]) {
  const checkpoints: Checkpoint[] = [];
  const checkpoint = (place: Place) => {
    const signed = signedBy(signer)(place);
    checkpoints.push(signed);
    return signed;
  };
  const all = [...made.map((each, index) => (index === 1 ? { ...each, checkpoint } : each)), last(checkpoint)];
  return { all, lines: ledgerOf(all, STREAM), checkpoints };
}

const last = (checkpoint: MadeCommit['checkpoint']): MadeCommit => ({
  id: 'last',
  data: [1],
  values: [],
  ...(checkpoint && { checkpoint }),
});

async function verified(lines: readonly Buffer[], expected: Partial<Expected> = {}): Promise<LedgerCheck> {
  const check = new LedgerCheck({ keys: [], kept: null, ...expected });
  for await (const _line of checkLines(Readable.from(lines), check));
  return check;
}

/** What is wrong with a ledger. */
async function problemOf(lines: readonly Buffer[], expected: Partial<Expected> = {}): Promise<LedgerBroken> {
  try {
    await verified(lines, expected);
  } catch (error) {
    if (error instanceof LedgerBroken) return error;
    throw error;
  }
  throw new Error('all holds, expected it to be broken');
}

/** Log and the place of a commit in it that is not the last. */
const logAndPlace = commits.chain((made) => fc.tuple(fc.constant(made), fc.nat({ max: made.length - 1 })));

/** The same checkpoints, whatever stands before them. */
const replayed = (checkpoints: readonly Checkpoint[]) => {
  const left = [...checkpoints];
  return () => left.shift()!;
};

/** Written anew by somebody who has no key but can compute every hash. */
function forged(made: readonly MadeCommit[], checkpoint: NonNullable<MadeCommit['checkpoint']>): Buffer[] {
  return ledgerOf(
    made.map((each) => (each.checkpoint ? { ...each, checkpoint } : each)),
    STREAM,
  );
}

describe('a log with checkpoints', () => {
  it('is vouched for up to the last of them', async () => {
    await fc.assert(
      fc.asyncProperty(commits, async (made) => {
        const { lines, checkpoints } = logOf(made);
        const newest = checkpoints.at(-1)!;
        const { vouchedFor } = await verified(lines, { keys: [signer.publicKey], kept: { ...newest, stream: STREAM } });
        expect(vouchedFor).toEqual({ number: newest.number, keys: { [signer.publicKey]: checkpoints.length } });
      }),
      { numRuns: 50 },
    );
  });

  it('is known as broken wherever it was written anew without the key, chain and all', async () => {
    await fc.assert(
      fc.asyncProperty(logAndPlace, async ([made, place]) => {
        const { all, checkpoints } = logOf(made);
        const changed = all.with(place, { ...all[place]!, id: `${all[place]!.id}x` });
        const problem = await problemOf(forged(changed, replayed(checkpoints)));
        expect(problem.problem).toMatch(/^event \d+: event \d+ has the hash \w+, expected \w+ as in the checkpoint/);
        // The first checkpoint stands in the second commit and vouches for the first alone.
        expect(problem.place.event).toBe(checkpoints.length > 1 && place > 0 ? checkpoints[0]!.number + 1 : 1);
      }),
      { numRuns: 50 },
    );
  });

  it('is known as broken where a commit was dropped or two were swapped, and the rest written anew', async () => {
    await fc.assert(
      fc.asyncProperty(logAndPlace, async ([made, place]) => {
        const { all, checkpoints } = logOf(made);
        const dropped = all.filter((each, index) => index !== place || each.checkpoint);
        const swapped = all.with(place, all[place + 1]!).with(place + 1, all[place]!);
        const isSame = (changed: readonly MadeCommit[]) => JSON.stringify(changed) === JSON.stringify(all);
        for (const changed of [dropped, swapped].filter((each) => !isSame(each))) {
          await problemOf(forged(changed, replayed(checkpoints)));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is known as broken where the signature is of another key, text or log', async () => {
    const [made] = fc.sample(commits, 1);
    const { all } = logOf(made!);
    const theirs = forged(all, signedBy(forger));
    expect((await verified(theirs)).vouchedFor.keys).toHaveProperty([forger.publicKey]);
    expect((await problemOf(theirs, { keys: [signer.publicKey] })).problem).toContain(`expected ${signer.publicKey}`);
    const claimed = (place: Place) => ({ ...signedBy(forger)(place), publicKey: signer.publicKey });
    const elsewhere = (place: Place) => ({
      ...signedBy(signer)(place),
      signature: signer.sign(checkpointText('b', place)),
    });
    for (const wrong of [claimed, elsewhere]) {
      expect((await problemOf(forged(all, wrong))).problem).toContain('another signature than expected of the key');
    }
  });

  it.each([
    [{ number: 1.5 }, 'has not number, hash, publicKey and signature'],
    [{ number: 0 }, 'vouches for event 0, expected the last event of one of the commits before it'],
    [{ publicKey: 'x' }, 'another signature than expected of the key x'],
  ])('is known as broken where a checkpoint says %j', async (wrong, problem) => {
    const made: MadeCommit[] = [
      { id: 'a', data: [1], values: [] },
      last((place) => ({ ...signedBy(signer)(place), ...wrong })),
    ];
    expect((await problemOf(ledgerOf(made, STREAM))).problem).toContain(problem);
  });
});

describe('a checkpoint that was kept', () => {
  const made: MadeCommit[] = ['a', 'b', 'c'].map((id) => ({ id, data: [1], values: [] }));
  const { all, checkpoints } = logOf(made);
  const kept = { ...checkpoints.at(-1)!, stream: STREAM };

  it('shows that the end of a log was cut off', async () => {
    const problem = await problemOf(ledgerOf(all.slice(0, 2), STREAM), { kept });
    expect(problem.problem).toBe(
      'the log ends with event 3, expected 4 or more as in the checkpoint that was kept: its end was cut off',
    );
  });

  it('shows that the log was written anew, by whoever has the key', async () => {
    const problem = await problemOf(forged(all.with(0, { ...all[0]!, id: 'x' }), signedBy(signer)), { kept });
    expect(problem.problem).toMatch(
      /^event 4 has the hash \w+, expected \w+ for event 4 as in the checkpoint that was kept/,
    );
  });

  it('is of one log', async () => {
    expect((await problemOf(ledgerOf(made, 'another'), { kept })).problem).toContain(
      'the log is another, expected a-log',
    );
  });
});
