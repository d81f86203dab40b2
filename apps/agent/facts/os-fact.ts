import { machine, release as kernelRelease, type } from 'node:os';

import type { JsonObject } from '#domain';

/** Names as Facter has them, by `ID` of os-release. */
const NAMES: Readonly<Record<string, string>> = {
  almalinux: 'AlmaLinux',
  amzn: 'Amazon',
  arch: 'Archlinux',
  centos: 'CentOS',
  debian: 'Debian',
  fedora: 'Fedora',
  ol: 'OracleLinux',
  opensuse: 'openSUSE',
  'opensuse-leap': 'openSUSE',
  rhel: 'RedHat',
  rocky: 'Rocky',
  sles: 'SLES',
  ubuntu: 'Ubuntu',
};

/** Families as Facter has them, by an `ID` that the system has or is like. */
const FAMILIES: Readonly<Record<string, string>> = {
  amzn: 'RedHat',
  arch: 'Archlinux',
  debian: 'Debian',
  fedora: 'RedHat',
  rhel: 'RedHat',
  sles: 'Suse',
  suse: 'Suse',
  opensuse: 'Suse',
  ubuntu: 'Debian',
};

/**
 * The fact `os` from the text of os-release(5); empty: there is none.
 * @param debianVersion text of /etc/debian_version, which has the point release; empty: there is none
 */
export function osFact(osRelease: string, debianVersion: string): JsonObject {
  const fields = readFields(osRelease);
  const id = fields.get('ID') ?? '';
  const name = NAMES[id] ?? fields.get('NAME') ?? type();
  const family = [id, ...(fields.get('ID_LIKE') ?? '').split(' ')].flatMap((each) => FAMILIES[each] ?? [])[0] ?? name;
  const version = fields.get('VERSION_ID') ?? (osRelease === '' ? kernelRelease() : '');
  const isPoint = id === 'debian' && /^\d+(\.\d+)*\s*$/.test(debianVersion);
  const hardware = machine();
  return {
    architecture: family === 'Debian' && hardware === 'x86_64' ? 'amd64' : hardware,
    family,
    hardware,
    name,
    release: releaseOf(isPoint ? debianVersion.trim() : version, id),
  };
}

/** Ubuntu's first two numbers are its major release. */
function releaseOf(full: string, id: string): JsonObject {
  if (full === '') return {};
  const [first, second] = full.split('.');
  if (id === 'ubuntu') return { full, major: full };
  return { full, major: first!, ...(second !== undefined && { minor: second }) };
}

/** `NAME=value`, with quotes where the value needs them. */
function readFields(text: string): Map<string, string> {
  const lines = text.matchAll(/^([A-Z_]+)=(?:"(.*)"|'(.*)'|(.*))$/gm);
  return new Map(Array.from(lines, ([, name = '', ...values]) => [name, values.find((value) => value) ?? '']));
}
