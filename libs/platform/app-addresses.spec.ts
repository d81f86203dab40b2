import { isAppAddress, parseAppAddresses } from './app-addresses.js';

describe('an address of an app', () => {
  it.each(['http://127.0.0.1:6001', 'https://app.example.com/hooks', 'http://[::1]:80/'])('may be %s', (address) => {
    expect(isAppAddress(address)).toBe(true);
  });

  it.each([
    '',
    'app:6001',
    'ftp://app',
    'http://',
    'http://a b',
    'http://user@app',
    'http://user:word@app',
    'http://app?x=1',
    'http://app#x',
    'http://app:99999',
    `http://app/${'x'.repeat(2000)}`,
  ])('is not %j', (address) => {
    expect(isAppAddress(address)).toBe(false);
  });
});

describe('the addresses of apps', () => {
  it('stand behind their names, several separated by bars', () => {
    expect(parseAppAddresses('sub=http://127.0.0.1:6001|http://127.0.0.1:6002, default=https://app/a=b')).toEqual([
      { id: 'sub', addresses: ['http://127.0.0.1:6001', 'http://127.0.0.1:6002'] },
      { id: 'default', addresses: ['https://app/a=b'] },
    ]);
  });

  it.each(['sub', 'sub=', '=http://a', 'a/b=http://a', 'a=http://a,', 'a=http://a,a=http://b', 'a=http://a|'])(
    'are not in %j',
    (text) => {
      expect(parseAppAddresses(text)).toBeUndefined();
    },
  );
});
