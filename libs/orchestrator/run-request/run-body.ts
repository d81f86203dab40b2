import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { Expects, IsInteger } from '#http';

/** A hundred years in seconds. */
export const LONGEST_S = 3_155_760_000;

/** What every request for a task or a plan may hold; defaults are left to whoever runs it. */
export class RunBody {
  @IsOptional()
  @Matches(/^\w{1,255}$/)
  @IsString()
  @Expects('the name of an environment, made of letters, digits and _')
  environment?: string;

  @IsOptional()
  @MaxLength(10_000)
  @IsString()
  @Expects('a string of at most 10000 characters')
  description?: string;

  @IsOptional()
  @IsInteger(1, LONGEST_S)
  timeout?: number;
}
