import { applyDecorators } from '@nestjs/common';
import { IsString, Matches } from 'class-validator';
import { Expects } from '#http';

/** Declares the name of a task. */
export const IsTaskName = () =>
  applyDecorators(
    Matches(/^[a-z][a-z0-9_]*(::[a-z][a-z0-9_]*)?$/),
    IsString(),
    Expects('the name of a task, like echo or package::status'),
  );
