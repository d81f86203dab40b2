import { createReadStream } from 'node:fs';
import { Controller, Get, Inject, Param, Req, Res, StreamableFile } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, Documents, FREE, originOf } from '#http';
import type { About } from './document.js';
import { documentOf } from './document.js';
import { operationsOf } from './operations.js';
import { CONTENT_SECURITY_POLICY, FILES, PAGE } from './page.js';

export interface OpenApiOptions extends About {
  /** Where the API is to be asked, as in `id` URLs; null: scheme and host of the request. */
  readonly publicUrl: string | null;
}

export const OPTIONS = Symbol('OpenApiOptions');

/** Tells what this server answers; needs no token. */
@Controller()
export class OpenApiController {
  #document: ReturnType<typeof documentOf> | null = null;

  constructor(
    private readonly modules: ModulesContainer,
    @Inject(OPTIONS) private readonly options: OpenApiOptions,
  ) {}

  @Get('openapi.json')
  @Documents({ summary: 'This document', answer: FREE })
  openApi(@Req() request: FastifyRequest) {
    this.#document ??= documentOf(operationsOf(this.#controllers()), this.options);
    return { ...this.#document, servers: [{ url: originOf(request, this.options.publicUrl) }] };
  }

  @Get('docs')
  @Documents({ summary: 'This document as a page', answer: { type: 'string', contentMediaType: 'text/html' } })
  page(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.type('text/html; charset=utf-8').header('content-security-policy', CONTENT_SECURITY_POLICY);
    return PAGE;
  }

  @Get('docs/:file')
  @Documents({
    summary: 'What the page loads',
    answer: { type: 'string', contentMediaType: '*/*' },
    example: { file: 'page.js' },
  })
  file(@Param('file') name: string) {
    if (!Object.hasOwn(FILES, name)) throw new ApiError('unknown-route', `The page has no file ${name}`);
    const file = FILES[name as keyof typeof FILES];
    const content = 'text' in file ? Buffer.from(file.text) : createReadStream(file.path);
    return new StreamableFile(content as Buffer, { type: `${file.type}; charset=utf-8` });
  }

  /** Those of all modules. */
  #controllers() {
    return [...this.modules.values()].flatMap(({ controllers }) =>
      [...controllers.values()].map(({ metatype }) => metatype as never),
    );
  }
}
