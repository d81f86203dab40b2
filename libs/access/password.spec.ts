import { hashPassword, newSalt } from './password.js';

describe('the hash of a password', () => {
  it('is the same for the same salt, and another for every other salt and password', async () => {
    const [salt, other] = [newSalt(), newSalt()];
    const [first, again, salted, wrong] = await Promise.all([
      hashPassword('right', salt),
      hashPassword('right', salt),
      hashPassword('right', other),
      hashPassword('wrong', salt),
    ]);
    expect(again).toBe(first);
    expect(new Set([first, salted, wrong]).size).toBe(3);
    expect(first).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  });

  it('is that of RFC 7914, section 12', async () => {
    const salt = `$scrypt$ln=10,r=8,p=16$${Buffer.from('NaCl').toString('base64').replace(/=+$/, '')}$`;
    const hash = (await hashPassword('password', salt)).slice(salt.length);
    expect(Buffer.from(hash, 'base64').toString('hex')).toBe(
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162',
    );
  });

  it('is not made where too many wait for theirs', async () => {
    const salt = '$scrypt$ln=4,r=8,p=1$AAAA$';
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => hashPassword('x', salt)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(32);
    expect(all.find((one) => one.status === 'rejected')?.reason).toMatchObject({ name: 'NotAccepted', cause: 'busy' });
  });
});
