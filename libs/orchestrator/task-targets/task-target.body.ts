import { IsArray, IsBoolean, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { Expects } from '#http';

export class TaskTargetBody {
  @Length(1, 255)
  @IsString()
  @Expects('a string of 1 to 255 characters')
  display_name!: string;

  @IsOptional()
  @IsString({ each: true })
  @IsArray()
  @Expects('an array of names of tasks')
  tasks?: readonly string[];

  @IsOptional()
  @IsBoolean()
  @Expects('true or false')
  all_tasks?: boolean;

  @IsString({ each: true })
  @IsArray()
  @Expects('an array of names of nodes')
  nodes!: readonly string[];

  @IsString({ each: true })
  @IsArray()
  @Expects('an array of ids of node groups')
  node_groups!: readonly string[];

  @IsOptional()
  @MaxLength(100_000)
  @IsString()
  @Expects('a query in PQL')
  pql_query?: string;
}
