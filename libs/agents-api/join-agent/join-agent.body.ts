import { IsString } from 'class-validator';
import { Expects, ExpectsSecret } from '#http';
import { IsNodeName } from '../node-name.js';

export class JoinAgentBody {
  @IsString()
  @ExpectsSecret('a join token')
  join_token!: string;

  @IsNodeName()
  node!: string;

  @IsString()
  @Expects('the public nkey of a user')
  public_key!: string;
}
