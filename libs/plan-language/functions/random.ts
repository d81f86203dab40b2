/**
 * Numbers from 0 to below 1 that look random, always the same ones for the same seed.
 * @see https://www.pcg-random.org/posts/bob-jenkins-small-prng-passes-practrand.html
 */
export function randomNumbers(seed: string): () => number {
  let [a, b, c, d] = [0xf1ea5eed, hashOf(seed), hashOf(`${seed}b`), hashOf(`${seed}c`)];
  const next = () => {
    const e = (a - rotated(b, 27)) | 0;
    a = b ^ rotated(c, 17);
    b = (c + d) | 0;
    c = (d + e) | 0;
    d = (e + a) | 0;
    return (d >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 20; i += 1) next();
  return next;
}

const rotated = (bits: number, by: number) => (bits << by) | (bits >>> (32 - by));

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}
