import { InvalidPlan, linkPlans } from './index.js';
import { MALFORMED_PLANS } from './testing/malformed-plans.js';
import type { MalformedPlan } from './testing/malformed-plans.js';
import { plansOf } from './testing/run-plans.js';

function refusalOf({ files }: MalformedPlan): InvalidPlan {
  try {
    linkPlans('main', plansOf(files));
  } catch (error) {
    if (error instanceof InvalidPlan) return error;
    throw error;
  }
  throw new Error('the plan is read');
}

describe('a plan with', () => {
  it.each(MALFORMED_PLANS.map((plan) => [plan.title, plan] as const))('%s is refused', (_, plan) => {
    const refusal = refusalOf(plan);
    expect(refusal.kind).toBe(plan.kind);
    expect(refusal.message).toContain(plan.message);
    expect(refusal.message.startsWith(refusal.file)).toBe(true);
  });

  it('one broken rule each are more than sixty', () => expect(MALFORMED_PLANS.length).toBeGreaterThan(60));
});
