import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FoundBy, JsonObject } from '#domain';
import { openPlanCatalogue } from '#plans';
import { createSealer } from '#sealing';
import { openCatalogue } from '#tasks';
import { presentPlan } from '../get-plan/present-plan.js';
import { planOr404 } from '../plan-catalogue/plan-or-404.js';
import { links } from '../testing/links.js';
import { planSpecOf, storedSpec } from './plan-spec.js';

const LOGIN = `
description: Logs in.
parameters:
  targets:
    type: TargetSpec
  user:
    type: String[1]
    description: Who.
    default: ann
  password:
    type: Sensitive[String[1]]
    default: changeme
steps:
  - message: hello
`;

const folder = mkdtempSync(join(tmpdir(), 'daybook-plans-'));
const plansFolder = join(folder, 'login', 'plans');
mkdirSync(plansFolder, { recursive: true });
writeFileSync(join(plansFolder, 'init.yaml'), LOGIN);
writeFileSync(join(plansFolder, 'broken.yaml'), 'steps: []\ncolor: red\n');
afterAll(() => rmSync(folder, { recursive: true }));

const sealer = createSealer([randomBytes(32)]);
const plans = openPlanCatalogue(openCatalogue({ modulePath: [folder], environmentPath: null }));
// Small parameters stay in the event.
const ports = { plans, sealer, largeValues: null as never };

describe('what a request asks of a plan', () => {
  const specOf = (
    params: JsonObject,
    found: Readonly<Record<string, FoundBy>> = {},
    over: { readonly plan?: string; readonly environment?: string; readonly timeout?: number } = {},
  ) => planSpecOf({ plan: 'login', params, found, ...over }, 'c-1', ports);
  const targets = { query: 'nodes { }' };

  it('has the defaults of a request and no other', async () => {
    expect(await specOf({ targets: 'a' })).toEqual({
      command: 'plan',
      plan: 'login',
      environment: 'production',
      noop: false,
      params: { value: { targets: 'a' } },
      sealed: null,
      found: {},
      timeoutS: null,
      concurrency: null,
    });
    expect(await specOf({ targets: 'a' }, {}, { timeout: 60 })).toMatchObject({ timeoutS: 60 });
  });

  it('has sensitive parameters sealed for this command and nowhere in the clear', async () => {
    const spec = await specOf({ targets: 'a', password: 'hunter2' });
    expect(spec.params).toEqual({ value: { targets: 'a' } });
    expect(JSON.stringify(spec)).not.toContain('hunter2');
    expect(sealer.open('c-1', 'password', spec.sealed!.values['password']!)).toBe('hunter2');
  });

  it('leaves it open which nodes are found for a parameter', async () => {
    expect(await specOf({}, { targets })).toMatchObject({ params: { value: {} }, found: { targets } });
  });

  it.each<[object, Parameters<typeof specOf>]>([
    [{ reason: 'unknown-plan', details: { plan: 'nosuch' } }, [{}, {}, { plan: 'nosuch' }]],
    [{ reason: 'unknown-environment' }, [{}, {}, { environment: 'nosuch' }]],
    [{ details: { plan: 'login', params: ['targets'] } }, [{}]],
    [{ details: { params: ['user'] } }, [{ targets: 'a', user: '' }]],
    [{ details: { params: ['color'] } }, [{ targets: 'a', color: 'red' }]],
    [{ details: { params: ['color'] } }, [{ targets: 'a' }, { color: targets }]],
    [{ details: { kind: 'bolt/invalid-plan', line: 2 } }, [{}, {}, { plan: 'login::broken' }]],
  ])('is refused with %j for %j', async (error, request) => {
    await expect(specOf(...request)).rejects.toMatchObject({ reason: 'validation-error', ...error });
  });

  it('says where in which file a plan is wrong', async () => {
    await expect(specOf({}, {}, { plan: 'login::broken' })).rejects.toThrow(
      /^login\/plans\/broken.yaml:2:\d+: .*color/,
    );
  });

  it('does not repeat a sensitive value in a refusal', async () => {
    await expect(specOf({ targets: 'a', password: 12345 })).rejects.toThrow(/^(?!.*12345).*password/);
  });

  it('of which only the names of sensitive parameters are known has those sealed', async () => {
    const how = { plan: 'a', environment: 'production', found: {}, timeoutS: null };
    const { params, sealed } = await storedSpec(how, { b: 1, c: null }, ['c'], 'c-1', ports);
    expect([params, Object.keys(sealed!.values)]).toEqual([{ value: { b: 1 } }, ['c']]);
  });
});

describe('a plan', () => {
  it('is shown with its parameters, and without the defaults of sensitive ones', async () => {
    expect(presentPlan(await planOr404(plans, 'production', 'login'), 'production', true, links)).toEqual({
      id: 'plans/login',
      name: 'login',
      environment: { name: 'production', code_id: null },
      metadata: {
        description: 'Logs in.',
        parameters: {
          targets: { type: 'TargetSpec' },
          user: { type: 'String[1]', description: 'Who.', default_value: 'ann' },
          password: { type: 'Sensitive[String[1]]' },
        },
      },
      permitted: true,
    });
  });
});
