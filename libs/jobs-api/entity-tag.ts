import type { FastifyRequest } from 'fastify';
import type { WantedVersions } from '#domain';
import { invalid, shown } from '#http';

/** The version of a job as `ETag` tells it. */
export const entityTag = (version: number) => `"${version}"`;

const TAGS = /^\s*(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*\s*$/;
const VERSION = /(W\/)?"([^"]*)"/g;

/**
 * The versions of which a job must have one for the request to be done; `any`: it must be there; null: it need not even be. Tags that are none of a
 * version, and weak ones, are those of no job.
 * @see RFC 9110, 13.1.1
 * @throws ApiError when it is not a list of tags
 */
export function wantedVersions({ headers }: FastifyRequest): WantedVersions {
  const { 'if-match': tags } = headers;
  if (tags === undefined) return null;
  if (tags.trim() === '*') return 'any';
  if (!TAGS.test(tags)) throw invalid(`If-Match is ${shown(tags)}, expected ETags like "7", separated by commas`);
  return Array.from(tags.matchAll(VERSION))
    .filter(([, weak, version]) => weak === undefined && /^[1-9]\d{0,14}$/.test(version!))
    .map(([, , version]) => Number(version));
}

/** Whether a job may only be made, and none replaced. @see RFC 9110, 13.1.2 */
export const mustBeNew = ({ headers }: FastifyRequest): boolean => headers['if-none-match']?.trim() === '*';
