import { hashOfText } from './hash.js';

describe('the hash of a text', () => {
  it('tells texts apart that differ only far from their beginning', () => {
    const texts = Array.from(
      { length: 1000 },
      (_, i) => `${'x'.repeat(300)}${String(i).padStart(4, '0')}${'y'.repeat(300)}`,
    );
    expect(new Set(texts.map(hashOfText)).size).toBeGreaterThan(990);
  });
});
