import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { Expects } from '#http';
import { DeployInput } from './deploy-input.js';

/** What every command for a deploy may hold. */
export class DeployBody extends DeployInput {
  @Matches(/^\w{0,255}$/)
  @IsString()
  @Expects("the name of an environment, made of letters, digits and _, or '' for each node's own")
  environment!: string;

  @IsOptional()
  @MaxLength(10_000)
  @IsString()
  @Expects('a string of at most 10000 characters')
  description?: string;

  /** The name of an application, in the documents of 2016. */
  @IsOptional()
  @IsString()
  @Expects("'', as applications are gone")
  target?: string;
}
