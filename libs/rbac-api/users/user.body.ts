import { IsArray, IsBoolean, IsInt, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { Expects, ExpectsSecret } from '#http';

const LOGIN = 'a string of 1 to 255 characters without spaces around it and control characters';

const LOGIN_FORM = /^(?!\s)[^\p{Cc}]{1,255}(?<!\s)$/u;

class UserFields {
  @IsOptional()
  @MaxLength(255)
  @IsString()
  @Expects('a string of at most 255 characters')
  email?: string;

  @IsOptional()
  @MaxLength(255)
  @IsString()
  @Expects('a string of at most 255 characters')
  display_name?: string;

  @IsOptional()
  @IsInt({ each: true })
  @IsArray()
  @Expects('an array of ids of roles')
  role_ids?: readonly number[];

  @IsOptional()
  @IsBoolean()
  @Expects('true or false')
  is_revoked?: boolean;

  @IsOptional()
  @Length(6, 1024)
  @IsString()
  @ExpectsSecret('a string of 6 to 1024 characters')
  password?: string;
}

export class NewUserBody extends UserFields {
  @Matches(LOGIN_FORM)
  @IsString()
  @Expects(LOGIN)
  login!: string;
}

/** What may be said of a user; keys that cannot be changed are left alone, and those that are missing stay. */
export class UserBody extends UserFields {
  @IsOptional()
  @IsString()
  @Expects('the id in the path')
  id?: string;

  @IsOptional()
  @Matches(LOGIN_FORM)
  @IsString()
  @Expects(LOGIN)
  login?: string;
}
