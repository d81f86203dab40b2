import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { LedgerBroken } from './broken.js';
import { LedgerCheck } from './check.js';
import { encodeCommit, encodePiece } from './encode.js';
import { openLedgerFile } from './ledger-file.js';
import { parseLine } from './parse-line.js';
import { readLedgerFile } from './read-ledger.js';
import { receiveLedger } from './receive-ledger.js';
import { commits, ledgerOf } from './testing/ledgers.js';
import type { MadeCommit } from './testing/ledgers.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-ledger-'));
  path = join(folder, 'ledger.gz');
});
afterEach(() => rmSync(folder, { recursive: true }));

const each = <T>(items: readonly T[]): AsyncIterable<T> => Readable.from(items);

/** Writes a file as an export does; gives its bytes. */
async function writeFile(lines: readonly Buffer[], to = path): Promise<Buffer> {
  const file = await openLedgerFile(to);
  await receiveLedger(each(lines), file);
  await file.finish();
  return readFileSync(to);
}

/** What is wrong with bytes as a file; null: nothing is. */
async function problemOf(bytes: Uint8Array): Promise<LedgerBroken | null> {
  const changed = join(folder, 'changed.gz');
  writeFileSync(changed, bytes);
  try {
    for await (const _line of readLedgerFile(changed, new LedgerCheck()));
    return null;
  } catch (error) {
    if (error instanceof LedgerBroken) return error;
    throw error;
  }
}

function flip(bytes: Buffer, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[bit >> 3]! ^= 1 << (bit & 7);
  return changed;
}

const anywhere = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const isCommit = (line: Buffer) => line.toString().startsWith('{"commit"');
const firstOf = (line: Buffer) => (JSON.parse(line.toString()) as { first: number }).first;

describe('a ledger in a file', () => {
  it('is read as it was written, by any gzip too', async () => {
    await fc.assert(
      fc.asyncProperty(commits, async (made) => {
        const lines = ledgerOf(made);
        expect(gunzipSync(await writeFile(lines))).toEqual(Buffer.concat(lines));
        const check = new LedgerCheck();
        const read = (await Array.fromAsync(readLedgerFile(path, check))).map((line) => {
          if (line.kind === 'commit') return encodeCommit(line);
          return line.kind === 'piece' ? encodePiece(line) : null;
        });
        expect(read.slice(1, -1)).toEqual(lines.slice(1, -1));
        expect(check.held).toMatchObject({ commits: made.length });
      }),
      { numRuns: 50 },
    );
  });

  it('is known as broken whichever of its bits is another', async () => {
    await fc.assert(
      fc.asyncProperty(commits, anywhere, async (made, where) => {
        const bytes = await writeFile(ledgerOf(made));
        const problem = await problemOf(flip(bytes, Math.floor(where * bytes.length * 8)));
        expect(problem?.message).toMatch(/^event \d+.*: .* expected/);
      }),
    );
  });

  it('is known as broken whichever bit of the head of a block is another', async () => {
    const bytes = await writeFile(ledgerOf([{ id: 'a', data: [1], values: [] }]));
    for (let bit = 0; bit < 52 * 8; bit++) expect(await problemOf(flip(bytes, bit))).toBeInstanceOf(LedgerBroken);
  });

  it('is known as broken wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(commits, anywhere, async (made, where) => {
        const bytes = await writeFile(ledgerOf(made));
        expect(await problemOf(bytes.subarray(0, Math.floor(where * bytes.length)))).toBeInstanceOf(LedgerBroken);
      }),
    );
  });

  it('goes on from wherever it was broken off', async () => {
    await fc.assert(
      fc.asyncProperty(commits, anywhere, async (made, where) => {
        const lines = ledgerOf(made);
        const bytes = await writeFile(lines);
        writeFileSync(`${path}.part`, bytes.subarray(0, Math.floor(where * bytes.length)));
        await writeFile(
          lines.filter((line) => !isCommit(line) || firstOf(line) > (where < 1 ? heldBefore(bytes, where) : 0)),
        );
        expect(gunzipSync(readFileSync(path))).toEqual(Buffer.concat(lines));
      }),
      { numRuns: 50 },
    );
  });

  it('is written by one export at a time', async () => {
    const file = await openLedgerFile(path);
    await expect(openLedgerFile(path)).rejects.toThrow(`${path}.part is written by process ${process.pid}`);
    await file.close();
    await writeFile(ledgerOf([{ id: 'a', data: [1], values: [] }]));
    expect(readdirSync(folder)).toEqual(['ledger.gz']);
  });

  it('tells how much of an earlier export was read', async () => {
    const made = [{ id: 'a', data: [1, 2, 3], values: [] }];
    writeFileSync(`${path}.part`, await writeFile(ledgerOf(made), join(folder, 'whole.gz')));
    const told: object[] = [];
    const file = await openLedgerFile(path, (progress) => told.push(progress));
    expect(told).toEqual([{ number: 3, share: expect.closeTo(0.8, 0) as number }]);
    await file.close();
  });

  it('is not begun over what is something else', async () => {
    writeFileSync(`${path}.part`, 'a letter that nobody wants to lose');
    await expect(openLedgerFile(path)).rejects.toThrow('is no beginning of an export');
    await writeFile(ledgerOf([{ id: 'a', data: [1], values: [] }], 'another-log'), join(folder, 'other.gz'));
    const other = readFileSync(join(folder, 'other.gz'));
    writeFileSync(`${path}.part`, other);
    const file = await openLedgerFile(path);
    await expect(receiveLedger(each(ledgerOf([{ id: 'a', data: [1], values: [] }])), file)).rejects.toThrow(
      'is of log another-log, expected a-log',
    );
    await file.close();
  });
});

/** The two blocks of a small file: all but its last line, and that. Number of the last event before a place in it. */
function heldBefore(bytes: Buffer, where: number): number {
  const firstEnd = 52 + bytes.readUInt32LE(16);
  if (Math.floor(where * bytes.length) < firstEnd) return 0;
  const text = gunzipSync(bytes).toString().trimEnd().split('\n').at(-1)!;
  return (JSON.parse(text) as { end: { number: number } }).end.number;
}

describe('a ledger that was compressed anew', () => {
  const anew = (lines: readonly Buffer[]) => problemOf(gzipSync(Buffer.concat(lines)));

  it('holds where nothing was changed', async () => {
    await fc.assert(
      fc.asyncProperty(commits, async (made) => {
        expect(await anew(ledgerOf(made))).toBeNull();
      }),
      { numRuns: 30 },
    );
  });

  it('is known as broken whichever bit of its text is another', async () => {
    await fc.assert(
      fc.asyncProperty(commits, anywhere, async (made, where) => {
        const text = Buffer.concat(ledgerOf(made));
        expect(await anew([flip(text, Math.floor(where * text.length * 8))])).toBeInstanceOf(LedgerBroken);
      }),
      { numRuns: 300 },
    );
  });

  it('is known as broken at the commit that was left out', async () => {
    await fc.assert(
      fc.asyncProperty(commits, fc.nat(), async (made, which) => {
        const lines = ledgerOf(made);
        const found = lines.filter(isCommit);
        const left = found[which % found.length]!;
        expect((await anew(lines.filter((line) => line !== left)))?.place.event).toBe(firstOf(left));
      }),
      { numRuns: 50 },
    );
  });

  it('is known as broken at the first of two commits that were swapped', async () => {
    const two = fc.tuple(commits, commits).map(([some, more]): MadeCommit[] => [...some, ...more]);
    await fc.assert(
      fc.asyncProperty(two, fc.nat(), fc.nat(), async (made, one, another) => {
        const lines = ledgerOf(made.map((commit) => ({ ...commit, values: [] })));
        const found = lines.filter(isCommit);
        const [a, b] = [one % found.length, another % found.length].toSorted((x, y) => x - y) as [number, number];
        fc.pre(a !== b);
        const swapped = found.with(a, found[b]!).with(b, found[a]!);
        const problem = await anew([lines[0]!, ...swapped, lines.at(-1)!]);
        expect(problem?.place.event).toBe(firstOf(found[a]!));
      }),
      { numRuns: 50 },
    );
  });

  it('is known as broken where any line is left out or comes twice', async () => {
    await fc.assert(
      fc.asyncProperty(commits, fc.nat(), fc.boolean(), async (made, which, isTwice) => {
        const lines = ledgerOf(made);
        const index = which % lines.length;
        const isFirstPiece = isTwice && lines[index]!.toString().includes('"at":0,');
        // A value may begin anew.
        fc.pre(!isFirstPiece);
        expect(
          await anew(lines.toSpliced(index, 1, ...(isTwice ? [lines[index]!, lines[index]!] : []))),
        ).toBeInstanceOf(LedgerBroken);
      }),
    );
  });
});

describe('a line of a ledger', () => {
  it.each(['', '{}', '[]', 'null', '{"commit":"a"}', '{"end":{}}', '{"end":null}', '{"value":"x"}', '{"format":"x"}'])(
    'is refused as %s',
    (text) => {
      expect(() => parseLine(Buffer.from(text))).toThrow(/, expected (one of a ledger|daybook-ledger)/);
    },
  );

  it('is one or is refused, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        try {
          expect(parseLine(Buffer.from(text))).toHaveProperty('kind');
        } catch (error) {
          expect((error as Error).message).toContain('expected');
        }
      }),
    );
  });
});
