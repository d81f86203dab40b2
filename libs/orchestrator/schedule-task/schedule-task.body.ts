import { IsIn, IsOptional, IsString, ValidateNested } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { Expects, IsInstant, IsInteger } from '#http';
import { LONGEST_S } from '../run-request/run-body.js';
import { TaskBody } from '../task-request/task-body.js';

@JSONSchema({ description: 'an object like {"units": "seconds", "value": 3600}' })
export class IntervalBody {
  @IsIn(['seconds'])
  @Expects("'seconds'")
  units!: 'seconds';

  @IsInteger(1, LONGEST_S)
  value!: number;
}

@JSONSchema({ description: 'an object that may hold an interval' })
export class ScheduleOptionsBody {
  @IsOptional()
  @ValidateNested()
  interval?: IntervalBody;
}

export class ScheduleTaskBody extends TaskBody {
  @IsString()
  @IsInstant()
  scheduled_time!: string;

  @IsOptional()
  @ValidateNested()
  schedule_options?: ScheduleOptionsBody;
}
