import { ArrayMaxSize, IsArray, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import type { Permission } from '#domain';
import { Expects } from '#http';

const part = { type: 'string', minLength: 1, maxLength: 255, description: 'a string of 1 to 255 characters' } as const;

export class RoleBody {
  @Length(1, 255)
  @IsString()
  @Expects('a string of 1 to 255 characters')
  display_name!: string;

  @IsOptional()
  @MaxLength(10_000)
  @IsString()
  @Expects('a string of at most 10000 characters')
  description?: string;

  @IsArray()
  @JSONSchema((schema) => ({
    ...schema,
    description: 'an array of permissions',
    items: {
      type: 'object',
      description: 'an object with object_type, action and instance',
      required: ['object_type', 'action', 'instance'],
      properties: { object_type: part, action: part, instance: part },
    },
  }))
  permissions!: readonly Permission[];

  @IsString({ each: true })
  @IsArray()
  @Expects('an array of ids of users')
  user_ids!: readonly string[];

  @IsOptional()
  @ArrayMaxSize(0)
  @IsArray()
  @Expects('no groups: there is no directory service')
  group_ids?: readonly never[];
}
