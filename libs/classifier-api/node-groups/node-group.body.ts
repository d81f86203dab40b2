import { ArrayMinSize, IsArray, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import type { Json } from '#domain';
import { Expects } from '#http';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A node group as a client writes it; classes and variables, which nothing here reads, are left out. */
export class NodeGroupBody {
  @Length(1, 255)
  @IsString()
  @Expects('a string of 1 to 255 characters')
  name!: string;

  @IsOptional()
  @MaxLength(10_000)
  @IsString()
  @Expects('a string of at most 10000 characters')
  description?: string;

  @Matches(UUID)
  @IsString()
  @Expects('the id of a node group, a UUID in small letters')
  parent!: string;

  @IsOptional()
  @ArrayMinSize(1)
  @IsArray()
  @Expects('a rule like ["=", ["fact", "os", "family"], "Debian"]')
  rule?: readonly Json[];
}

/** Whether a text is an id of a node group. */
export const isNodeGroupId = (text: string) => UUID.test(text);
