import { ArrayMaxSize, IsArray, IsString } from 'class-validator';
import { MAX_NODES } from '#domain';
import { Expects } from '#http';

export class InventoryBody {
  @ArrayMaxSize(MAX_NODES)
  @IsString({ each: true })
  @IsArray()
  @Expects(`an array of at most ${MAX_NODES} node names`)
  nodes!: readonly string[];
}
