import { readFile } from 'node:fs/promises';
import { cpus, machine, release, totalmem, type } from 'node:os';

import type { JsonObject } from '#domain';

import { readIfThere } from '../durable-file.js';
import { networkingFact } from './networking-fact.js';
import { osFact } from './os-fact.js';

/** Where the package of Puppet says which one it is. */
const AIO_VERSION = '/opt/puppetlabs/puppet/VERSION';

/** A small part of what Facter tells of a node, in the same shape, where there is no Facter. */
export async function ownFacts(): Promise<JsonObject> {
  const kernelversion = /^[\d.]*\d/.exec(release())?.[0] ?? release();
  const aioVersion = (await readIfThere(AIO_VERSION))?.trim();
  const models = cpus().map(({ model }) => model.trim());
  return {
    ...(aioVersion && { aio_agent_version: aioVersion }),
    kernel: type(),
    kernelmajversion: kernelversion.split('.').slice(0, 2).join('.'),
    kernelrelease: release(),
    kernelversion,
    memory: { system: { total: readable(totalmem()), total_bytes: totalmem() } },
    networking: networkingFact(await readFirst(['/etc/resolv.conf'])),
    os: osFact(await readFirst(['/etc/os-release', '/usr/lib/os-release']), await readFirst(['/etc/debian_version'])),
    processors: { count: models.length, isa: machine(), models },
  };
}

/** Empty: none of them can be read. */
async function readFirst(paths: readonly string[]): Promise<string> {
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => '')));
  return texts.find((text) => text !== '') ?? '';
}

const GIB = 1024 ** 3;

const readable = (bytes: number) => `${(bytes / GIB).toFixed(2)} GiB`;
