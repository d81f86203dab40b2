import { applyDecorators } from '@nestjs/common';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import type { JsonObject } from '#domain';
import { Expects, ExpectsSecret, IsInteger, NESTED } from '#http';

/** A name or address that cannot be taken for an option, a user or a URL. */
const HOSTNAME = /^[A-Za-z0-9_:][\w.:-]{0,254}$/;
const USER = /^[^\s\p{Cc}-][^\s\p{Cc}]{0,254}$/u;

/** Secrets are lines: nobody can type another one. */
const LINE = /^[^\p{Cc}]{1,1000}$/u;
const LINE_EXPECTED = 'a string of 1 to 1000 characters without control characters';

const HOSTNAMES = 'an array of host names or addresses';

/** Nodes of the scope that have no agent, and how they are reached. */
@JSONSchema({ description: 'an object that says how hosts are reached', writeOnly: true })
export class TargetBody {
  @ArrayNotEmpty()
  @Matches(HOSTNAME, { each: true })
  @IsString({ each: true })
  @IsArray()
  @JSONSchema((schema) => ({
    ...schema,
    description: HOSTNAMES,
    items: { ...schema.items, description: 'a host name or address' },
  }))
  hostnames!: readonly string[];

  @Matches(USER)
  @IsString()
  @Expects('the name of a user')
  user!: string;

  @IsIn(['ssh', 'winrm'])
  @Expects("'ssh' or 'winrm'")
  transport!: 'ssh' | 'winrm';

  @IsOptional()
  @Matches(LINE)
  @IsString()
  @ExpectsSecret(LINE_EXPECTED)
  password?: string;

  @IsOptional()
  @Matches(/^[^\0]+$/)
  @MaxLength(32_768)
  @IsString()
  @ExpectsSecret('a private key of at most 32768 characters')
  'private-key-content'?: string;

  @IsOptional()
  @IsInteger(1, 65_535)
  port?: number;

  @IsOptional()
  @Matches(USER)
  @IsString()
  @Expects('the name of a user')
  'run-as'?: string;

  @IsOptional()
  @Matches(LINE)
  @IsString()
  @ExpectsSecret(LINE_EXPECTED)
  'sudo-password'?: string;

  @IsOptional()
  @ArrayNotEmpty()
  @Matches(/^[^\0]{1,1000}$/, { each: true })
  @IsString({ each: true })
  @IsArray()
  @JSONSchema((schema) => ({
    ...schema,
    description: 'an array with a program and its arguments',
    items: { ...schema.items, description: 'a string of 1 to 1000 characters' },
  }))
  'run-as-command'?: readonly string[];

  @IsOptional()
  @IsInteger(1, 3600)
  'connect-timeout'?: number;

  @IsOptional()
  @IsBoolean()
  @Expects('true or false')
  tty?: boolean;

  @IsOptional()
  @Matches(/^\/[^\p{Cc}]{0,999}$/u)
  @IsString()
  @Expects('an absolute path')
  tmpdir?: string;

  @IsOptional()
  @IsObject()
  @ExpectsSecret('an object')
  extensions?: JsonObject;
}

/** Declares a list of targets, which may be left out. */
export const IsTargets = () =>
  applyDecorators(
    IsOptional(),
    IsArray(),
    JSONSchema({
      description: 'an array of targets',
      writeOnly: true,
      items: { $ref: `${NESTED}${TargetBody.name}` },
    }),
  );
