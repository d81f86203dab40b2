import { IsOptional } from 'class-validator';
import { IsInteger } from '#http';
import { IsNodeName } from '../node-name.js';

const LONGEST_S = 30 * 24 * 3600;

export class InviteAgentBody {
  /** The only node that may join; absent: any. */
  @IsOptional()
  @IsNodeName()
  node?: string;

  /** Seconds until the token expires. Default: an hour. */
  @IsOptional()
  @IsInteger(1, LONGEST_S)
  expires_in?: number;
}
