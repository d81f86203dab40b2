import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** To which nothing is sent, the more particular reasons first. */
const REFUSED: readonly (readonly [reason: string, ranges: readonly string[]])[] = [
  [
    'the address of a metadata service',
    [
      '169.254.169.254/32',
      '100.100.100.200/32', // Alibaba Cloud
      '168.63.129.16/32', // Azure
      '192.0.0.192/32', // Oracle Cloud
      'fd00:ec2::254/128', // AWS
      'fd00:ec2::23/128', // AWS, credentials of containers
      'fd20:ce::254/128', // Google Cloud
    ],
  ],
  ['link-local', ['169.254.0.0/16', 'fe80::/10']],
  ['unspecified', ['0.0.0.0/8', '::/128']],
  ['a multicast address', ['224.0.0.0/4', 'ff00::/8']],
  ['the broadcast address', ['255.255.255.255/32']],
];

const LISTS = REFUSED.map(([reason, ranges]) => [reason, listOf(ranges)] as const);

/** Why nothing is sent to an IP address: what it is; null: it is none of those that are refused. */
export function refusalOf(address: string): string | null {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  return LISTS.find(([, list]) => list.check(address, family))?.[0] ?? null;
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network, prefix] = range.split('/') as [string, string];
    if (!isIPv4(network)) {
      list.addSubnet(network, Number(prefix), 'ipv6');
      continue;
    }
    // It also covers the form ::ffff:a.b.c.d; other ways to write an IPv4 address as one of IPv6 lead to it by a gateway.
    list.addSubnet(network, Number(prefix), 'ipv4');
    list.addSubnet(`64:ff9b::${network}`, 96 + Number(prefix), 'ipv6');
    list.addSubnet(`64:ff9b:1::${network}`, 96 + Number(prefix), 'ipv6');
    list.addSubnet(`::ffff:0:${network}`, 96 + Number(prefix), 'ipv6');
    list.addSubnet(`2002:${groupsOf(network)}::`, 16 + Number(prefix), 'ipv6');
    if (Number(prefix) > 8) list.addSubnet(`::${network}`, 96 + Number(prefix), 'ipv6');
  }
  return list;
}

/** `a.b.c.d` as two groups of an IPv6 address. */
function groupsOf(ipv4: string): string {
  const [a, b, c, d] = ipv4.split('.').map(Number) as [number, number, number, number];
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
