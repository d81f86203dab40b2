import { applyDecorators } from '@nestjs/common';
import { IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';
import { Expects, IsInteger } from '#http';
import { LONGEST_S } from '../run-request/run-body.js';

const Flag = () => applyDecorators(IsOptional(), IsBoolean(), Expects('true or false'));

const Seconds = () => applyDecorators(IsOptional(), IsInteger(0, LONGEST_S));

const Text = () =>
  applyDecorators(IsOptional(), IsString(), MaxLength(10_000), Expects('a string of at most 10000 characters'));

/** How Puppet is to run on nodes; the names are those of its flags. */
export class DeployInput {
  @IsOptional()
  @IsInteger(1, Number.MAX_SAFE_INTEGER)
  concurrency?: number;

  @Flag()
  enforce_environment?: boolean;

  @Flag()
  noop?: boolean;

  @Flag()
  no_noop?: boolean;

  @Flag()
  debug?: boolean;

  @Flag()
  trace?: boolean;

  @Flag()
  evaltrace?: boolean;

  @Flag()
  use_cached_catalog?: boolean;

  @Flag()
  usecacheonfailure?: boolean;

  @Seconds()
  filetimeout?: number;

  @Seconds()
  http_connect_timeout?: number;

  @Seconds()
  http_keepalive_timeout?: number;

  @Seconds()
  http_read_timeout?: number;

  @Text()
  ordering?: string;

  @Text()
  skip_tags?: string;

  @Text()
  tags?: string;

  @IsOptional()
  @IsInteger(1, LONGEST_S)
  timeout?: number;
}
