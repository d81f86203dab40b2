import { IsBoolean, IsOptional } from 'class-validator';
import { Expects } from '#http';
import { IsJobNumber } from '../job/is-job-number.js';

export class StopJobBody {
  @IsJobNumber()
  job!: string | number;

  @IsOptional()
  @IsBoolean()
  @Expects('true or false')
  force?: boolean;
}
