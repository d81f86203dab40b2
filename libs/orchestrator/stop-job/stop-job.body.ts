import { IsBoolean, IsDefined, IsOptional } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { Expects } from '#http';

export class StopJobBody {
  @IsDefined()
  @JSONSchema(() => ({
    description: "the id of a job, like '1234'",
    anyOf: [
      { type: 'string', pattern: '^\\d{1,15}$' },
      { type: 'integer', minimum: 0, maximum: 999_999_999_999_999 },
    ],
  }))
  job!: string | number;

  @IsOptional()
  @IsBoolean()
  @Expects('true or false')
  force?: boolean;
}
