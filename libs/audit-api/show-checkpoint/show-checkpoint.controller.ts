import { Controller, Get, Inject } from '@nestjs/common';
import { ApiError, COUNT, Documents, named, objectOf, TEXT, TIME } from '#http';
import { newestCheckpoint } from '#ledger';
import type { KeptCheckpoint } from '#ledger';
import type { AuditPorts } from '../ports.js';
import { PORTS } from '../ports.js';

interface Shown extends KeptCheckpoint {
  /** Number of the event that says it. */
  readonly event: number;
  readonly time: string;
}

const CHECKPOINT = named(
  'Checkpoint',
  objectOf<Shown>({
    stream: TEXT,
    number: COUNT,
    hash: TEXT,
    publicKey: TEXT,
    signature: TEXT,
    event: COUNT,
    time: TIME,
  }),
);

@Controller('log/checkpoint')
export class ShowCheckpointController {
  constructor(@Inject(PORTS) private readonly ports: AuditPorts) {}

  @Get()
  @Documents({
    summary: 'Show the newest signed checkpoint of the log, to be kept elsewhere',
    answer: CHECKPOINT,
    mayBeMissing: true,
  })
  async showCheckpoint(): Promise<Shown> {
    const { log } = this.ports;
    const newest = await newestCheckpoint(log);
    if (newest === null) {
      throw new ApiError(
        'no-checkpoint',
        'The log has no signed checkpoint yet, expected one 10 minutes after its start',
      );
    }
    const { number, hash, publicKey, signature } = newest.data;
    return { stream: log.streamId, number, hash, publicKey, signature, event: Number(newest.id), time: newest.time };
  }
}
