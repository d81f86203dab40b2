import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, UseInterceptors } from '@nestjs/common';
import { IsString, ValidateNested } from 'class-validator';
import { bodyOf, Documents, Expects, integer, jobId, named, objectOf, oneOf, queryOf, TEXT } from '#http';
import { documentOf } from './document.js';
import { operationsOf } from './operations.js';

class PointBody {
  @IsString()
  @Expects('a name')
  name!: string;
}

class ThingBody {
  @ValidateNested()
  at!: PointBody;
}

const PARAMETERS = { limit: integer(0, 100, 50), state: oneOf(['new', 'old'], undefined) };
const THING = named('Thing', objectOf<{ name: string; note?: string }>({ name: TEXT, note: TEXT }, ['note']));
const WATCHED = { type: 'string', contentMediaType: 'text/event-stream' };

@Controller('api/v1/things')
class ThingsController {
  @Get(':id/parts')
  @Documents({ summary: 'List parts', answer: THING })
  listParts(@Param('id', jobId) _id: number, @Query(queryOf(PARAMETERS)) _query: unknown) {}

  @Post()
  @HttpCode(202)
  @Documents({ summary: 'Make a thing', answer: THING, example: { body: { at: { name: 'here' } } } })
  make(@Body(bodyOf(ThingBody)) _body: ThingBody, @Res({ passthrough: true }) _reply: object) {}

  @Get('newest')
  @Documents({ summary: 'Watch', answer: WATCHED, alsoAnswers: [THING] })
  watch() {}

  helper() {}
}

class AtAnyTime {
  static readonly parameters = { as_of: integer(0, null, undefined) };

  intercept = () => undefined as never;
}

@Controller('api/v1/past')
@UseInterceptors(AtAnyTime)
class PastController {
  @Get(':id')
  @Documents({ summary: 'Look back', answer: THING })
  lookBack(@Param('id', jobId) _id: number) {}
}

@Controller()
class OpenController {
  @Get('alive')
  alive() {}
}

const document = documentOf(operationsOf([ThingsController, PastController, OpenController]), {
  version: '1',
  needsToken: (path) => path.startsWith('/api'),
});
const paths = document['paths'] as Record<string, Record<string, Record<string, unknown>>>;
const parts = paths['/api/v1/things/{id}/parts']!['get']!;
const make = paths['/api/v1/things']!['post']!;
const alive = paths['/alive']!['get']!;

describe('the document', () => {
  it('has the routes of all controllers and nothing else of them', () => {
    expect(Object.keys(paths)).toEqual([
      '/api/v1/things/{id}/parts',
      '/api/v1/things',
      '/api/v1/things/newest',
      '/api/v1/past/{id}',
      '/alive',
    ]);
    expect(parts).toMatchObject({ operationId: 'listParts', summary: 'List parts', tags: ['things'] });
  });

  it('has each form of an answer by its media type', () => {
    const responses = paths['/api/v1/things/newest']!['get']!['responses'] as Record<string, { content: object }>;
    expect(responses['200']!.content).toEqual({
      'text/event-stream': { schema: { type: 'string' } },
      'application/json': { schema: { $ref: '#/components/schemas/Thing' } },
    });
  });

  it('reads parameters from their pipes', () => {
    expect(parts['parameters']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'id', in: 'path', required: true, example: 1 }),
        {
          name: 'limit',
          in: 'query',
          description: 'an integer from 0 to 100',
          schema: { type: 'integer', minimum: 0, maximum: 100, default: 50 },
        },
        {
          name: 'state',
          in: 'query',
          description: 'one of new, old',
          schema: { type: 'string', enum: ['new', 'old'] },
        },
      ]),
    );
  });

  it('reads parameters of interceptors, and has the headers that tell of them', () => {
    const { parameters, responses } = paths['/api/v1/past/{id}']!['get']!;
    expect(parameters).toContainEqual(expect.objectContaining({ name: 'as_of', in: 'query' }));
    expect(responses).toMatchObject({ 200: { headers: { 'Daybook-As-Of': {}, 'Daybook-Stale': {} } } });
  });

  it('reads bodies from their classes, and has each named schema once', () => {
    expect(make['requestBody']).toEqual({
      required: true,
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/ThingBody' },
          example: { at: { name: 'here' } },
        },
      },
    });
    expect(document['components']).toMatchObject({
      schemas: {
        ThingBody: { properties: { at: { $ref: '#/components/schemas/PointBody' } }, required: ['at'] },
        PointBody: { properties: { name: { type: 'string', description: 'a name' } } },
        Thing: { required: ['name'] },
      },
    });
  });

  it('has the status of success, and the errors that an operation may meet', () => {
    expect(make['responses']).toMatchObject({
      202: {
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
        headers: { 'Daybook-Position': {} },
      },
      415: { $ref: '#/components/responses/415' },
      422: {},
    });
    expect(Object.keys(alive['responses'] as object)).toEqual(['200', '400', 'default']);
  });

  it('asks for a token where one is needed', () => {
    expect(make).toHaveProperty('security');
    expect(alive).not.toHaveProperty('security');
  });
});
