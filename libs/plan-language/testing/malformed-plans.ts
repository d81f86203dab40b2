import { CODE } from './malformed/code.js';
import type { MalformedPlan } from './malformed/malformed-plan.js';
import { STEPS } from './malformed/steps.js';
import { SUB_PLANS } from './malformed/sub-plans.js';
import { TOP } from './malformed/top.js';
import { YAML } from './malformed/yaml.js';

export type { MalformedPlan } from './malformed/malformed-plan.js';

/** Plans that break one rule each. */
export const MALFORMED_PLANS: readonly MalformedPlan[] = [...YAML, ...TOP, ...STEPS, ...CODE, ...SUB_PLANS];
