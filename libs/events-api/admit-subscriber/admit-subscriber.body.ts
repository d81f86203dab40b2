import { IsString } from 'class-validator';
import { Expects } from '#http';

export class AdmitSubscriberBody {
  @IsString()
  @Expects('the public nkey of a user')
  natsKey!: string;
}
