import { traceParent } from './trace-parent.js';

const partsOf = (header: string) => /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/.exec(header)!.slice(1);

describe('the trace of a run', () => {
  it('is the same for all its requests, each of which is a span of its own', () => {
    const parts = Array.from({ length: 100 }, () => partsOf(traceParent('0a1b2c3d0000-r7')));
    expect(new Set(parts.map(([trace]) => trace)).size).toBe(1);
    expect(new Set(parts.map(([, span]) => span)).size).toBe(100);
  });

  it('is another one for another run', () => {
    expect(partsOf(traceParent('0a1b2c3d0000-r7'))[0]).not.toBe(partsOf(traceParent('0a1b2c3d0000-r8'))[0]);
  });
});
