import { reignOf, YoungestReign } from './reign.js';

describe('the youngest reign', () => {
  it('is obeyed, and no older one of its log after it', () => {
    const youngest = new YoungestReign();
    expect(youngest.admits(reignOf('log', 3))).toBe(true);
    expect(youngest.admits(reignOf('log', 3))).toBe(true);
    expect(youngest.admits(reignOf('log', 5))).toBe(true);
    expect(youngest.admits(reignOf('log', 4))).toBe(false);
    expect(youngest.admits(reignOf('log', 5))).toBe(true);
  });

  it('is counted anew for another log', () => {
    const youngest = new YoungestReign();
    youngest.admits(reignOf('old', 9));
    expect(youngest.admits(reignOf('new', 1))).toBe(true);
  });
});
