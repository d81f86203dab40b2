import { hostname, networkInterfaces } from 'node:os';
import type { NetworkInterfaceInfo } from 'node:os';

import type { JsonObject } from '#domain';

/** The fact `networking`. @param resolvConf text of resolv.conf(5); empty: there is none */
export function networkingFact(resolvConf: string): JsonObject {
  const [host = '', ...rest] = hostname().split('.');
  const domain = rest.join('.') || (/^(?:domain|search)[ \t]+(\S+)/m.exec(resolvConf)?.[1] ?? '');
  const present = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    addresses ? [[name, addresses] as const] : [],
  );
  const primary = present.find(([, addresses]) =>
    addresses.some(({ internal, family }) => !internal && family === 'IPv4'),
  );
  return {
    hostname: host,
    fqdn: domain === '' ? host : `${host}.${domain}`,
    ...(domain !== '' && { domain }),
    ...(primary && { primary: primary[0], ...addressesOf(primary[1]) }),
    interfaces: Object.fromEntries(
      present.map(([name, addresses]) => [name, { ...addressesOf(addresses), ...bindingsOf(addresses) }]),
    ),
  };
}

function addressesOf(addresses: readonly NetworkInterfaceInfo[]): JsonObject {
  const four = addresses.find(({ family }) => family === 'IPv4');
  const six = addresses.find(({ family }) => family === 'IPv6');
  return {
    ...(four && { ip: four.address, netmask: four.netmask }),
    ...(six && { ip6: six.address, netmask6: six.netmask }),
    mac: addresses[0]!.mac,
  };
}

function bindingsOf(addresses: readonly NetworkInterfaceInfo[]): JsonObject {
  const of = (wanted: string) =>
    addresses.filter(({ family }) => family === wanted).map(({ address, netmask }) => ({ address, netmask }));
  return { bindings: of('IPv4'), bindings6: of('IPv6') };
}
