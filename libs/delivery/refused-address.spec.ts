import fc from 'fast-check';
import { refusalOf } from './refused-address.js';

describe('an address', () => {
  it.each([
    ['169.254.169.254', 'the address of a metadata service'],
    ['100.100.100.200', 'the address of a metadata service'],
    ['168.63.129.16', 'the address of a metadata service'],
    ['192.0.0.192', 'the address of a metadata service'],
    ['fd00:ec2::254', 'the address of a metadata service'],
    ['fd00:0ec2:0:0:0:0:0:0254', 'the address of a metadata service'],
    ['fd00:ec2::23', 'the address of a metadata service'],
    ['fd20:ce::254', 'the address of a metadata service'],
    ['::ffff:169.254.169.254', 'the address of a metadata service'],
    ['::ffff:a9fe:a9fe', 'the address of a metadata service'],
    ['64:ff9b::a9fe:a9fe', 'the address of a metadata service'],
    ['2002:a9fe:a9fe::1', 'the address of a metadata service'],
    ['::169.254.169.254', 'the address of a metadata service'],
    ['::ffff:0:a9fe:a9fe', 'the address of a metadata service'],
    ['64:ff9b:1::a9fe:a9fe', 'the address of a metadata service'],
    ['169.254.0.0', 'link-local'],
    ['169.254.170.2', 'link-local'],
    ['169.254.255.255', 'link-local'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
    ['febf::1', 'link-local'],
    ['::ffff:169.254.1.1', 'link-local'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['::', 'unspecified'],
    ['::ffff:0.0.0.0', 'unspecified'],
    ['224.0.0.1', 'a multicast address'],
    ['239.255.255.250', 'a multicast address'],
    ['ff02::1', 'a multicast address'],
    ['255.255.255.255', 'the broadcast address'],
    ['::ffff:255.255.255.255', 'the broadcast address'],
  ])('%s is refused: it is %s', (address, reason) => {
    expect(refusalOf(address)).toBe(reason);
  });

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '::1',
    '::ffff:127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    'fd00:ec2::253',
    'fd12:3456:789a::1',
    '1.1.1.1',
    '168.63.129.17',
    '169.253.255.255',
    '169.255.0.0',
    '223.255.255.255',
    '255.255.255.254',
    '2606:4700:4700::1111',
    '2002:a00:1::1',
    '64:ff9b::a00:1',
    'fec0::1',
  ])('%s is not refused', (address) => {
    expect(refusalOf(address)).toBeNull();
  });

  it('is refused or not however it is written', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const groups = address
          .split('.')
          .map((byte) => Number(byte).toString(16).padStart(2, '0'))
          .join('')
          .replace(/^(....)/, '$1:');
        const forms = [`::ffff:${address}`, `::ffff:${groups}`, `64:ff9b::${groups}`, `2002:${groups}::`];
        expect(forms.map(refusalOf)).toEqual(forms.map(() => refusalOf(address)));
      }),
      { examples: [['169.254.169.254'], ['224.0.0.1'], ['127.0.0.1']] },
    );
  });
});
