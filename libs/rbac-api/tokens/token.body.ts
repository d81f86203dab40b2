import { IsArray, IsDefined, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { Expects, ExpectsSecret } from '#http';
import { LIFETIME_EXPECTED } from './lifetime.js';

/** What may be said of a token that is to be made. */
export class TokenBody {
  @IsOptional()
  @IsDefined()
  @JSONSchema(() => ({
    description: LIFETIME_EXPECTED,
    anyOf: [
      { type: 'string', pattern: '^\\d{1,10}[smhdy]?$' },
      { type: 'integer', minimum: 0 },
    ],
  }))
  lifetime?: string | number;

  @IsOptional()
  @Matches(/^\s*[^,\s][^,]*$/)
  @Length(1, 200)
  @IsString()
  @Expects('a string of 1 to 200 characters without commas')
  label?: string;

  @IsOptional()
  @MaxLength(10_000)
  @IsString()
  @Expects('a string of at most 10000 characters')
  description?: string;
}

export class CreateTokenBody extends TokenBody {
  @IsOptional()
  @IsString()
  @Expects('the id of a user')
  user_id?: string;
}

export class LogInBody extends TokenBody {
  @Length(1, 255)
  @IsString()
  @Expects('a string of 1 to 255 characters')
  login!: string;

  @Length(1, 1024)
  @IsString()
  @ExpectsSecret('a string of 1 to 1024 characters')
  password!: string;
}

const texts = 'an array of strings';

export class RevokeTokensBody {
  @IsOptional()
  @IsString({ each: true })
  @IsArray()
  @JSONSchema((schema) => ({
    ...schema,
    description: texts,
    items: { ...schema.items, description: texts, writeOnly: true },
  }))
  revoke_tokens?: readonly string[];

  @IsOptional()
  @IsString({ each: true })
  @IsArray()
  @Expects(texts)
  revoke_tokens_by_usernames?: readonly string[];

  @IsOptional()
  @IsString({ each: true })
  @IsArray()
  @Expects(texts)
  revoke_tokens_by_labels?: readonly string[];

  @IsOptional()
  @IsArray()
  @JSONSchema((schema) => ({
    ...schema,
    description: 'an array of ids of tokens',
    items: {
      description: 'the id of a token',
      anyOf: [
        { type: 'string', pattern: '^\\d{1,15}$' },
        { type: 'integer', minimum: 1 },
      ],
    },
  }))
  revoke_tokens_by_ids?: readonly (string | number)[];
}
