import { IsBoolean, IsDefined, IsOptional } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { Expects } from '#http';

export class StopJobBody {
  @IsDefined()
  @JSONSchema(() => ({
    description: 'an integer from 1 to 999999999999999, or the same as text',
    anyOf: [
      { type: 'string', pattern: '^(?!0+$)\\d{1,15}$' },
      { type: 'integer', minimum: 1, maximum: 999_999_999_999_999 },
    ],
  }))
  job!: string | number;

  @IsOptional()
  @IsBoolean()
  @Expects('true or false')
  force?: boolean;
}
