import { planNameOf } from './schedule-plan.body.js';

describe('the plan to be scheduled', () => {
  it.each([[{ plan: 'a::b' }], [{ plan_name: 'a::b' }], [{ plan: 'a::b', plan_name: 'a::b' }]])(
    'is named by %j',
    (names) => {
      expect(planNameOf(names)).toBe('a::b');
    },
  );

  it('is named once', () => {
    expect(() => planNameOf({})).toThrow('plan is missing, expected the name of a plan');
    expect(() => planNameOf({ plan: 'a', plan_name: 'b' })).toThrow("plan is 'a' and plan_name is 'b'");
  });
});
