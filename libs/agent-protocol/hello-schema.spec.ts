import { readHello } from './hello-schema.js';

const hello = {
  node: 'web1',
  instance: 'i',
  version: '1',
  wanted: [],
  holding: ['x-1-0'],
  factsDigest: null,
  environment: null,
};

describe('a hello', () => {
  it.each([[hello], [{ ...hello, againMs: 1000 }], [{ ...hello, factsDigest: 'd', environment: 'production' }]])(
    'may be %j',
    (said) => {
      expect(readHello(JSON.stringify(said))).toEqual(said);
    },
  );

  it.each([
    [null],
    [[]],
    [{ ...hello, holding: 'x-1-0' }],
    [{ ...hello, wanted: [1] }],
    [{ ...hello, factsDigest: 1 }],
    [{ ...hello, againMs: 0 }],
    [{ ...hello, againMs: '1000' }],
    [{ ...hello, againMs: 3_600_001 }],
  ])('is not %j', (said) => {
    expect(readHello(JSON.stringify(said))).toBeNull();
  });

  it('is not what is no JSON', () => {
    expect(readHello('')).toBeNull();
  });
});
