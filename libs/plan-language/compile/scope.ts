/** Numbers of the variables of a plan. */
export interface Slots {
  count: number;
}

/**
 * The variables that code at some place sees. Branches of `if` and `case` share the scope around them; blocks of code
 * and lambdas have their own.
 */
export interface Scope {
  readonly parent: Scope | null;
  readonly slots: Slots;
  /** Numbers of all variables of this scope, be they visible yet or not. */
  readonly own: Map<string, number>;
  readonly visible: Set<string>;
  /** Names of the visible ones in the order in which they were declared. */
  readonly declared: string[];
}

/** A scope without variables within another; null: within none. */
export const newScope = (parent: Scope | null, slots: Slots): Scope => ({
  parent,
  slots,
  own: new Map(),
  visible: new Set(),
  declared: [],
});

/** The number of a variable; null: there is none of that name. */
export function slotOf(scope: Scope, name: string): number | null {
  for (let each: Scope | null = scope; each !== null; each = each.parent) {
    const slot = each.visible.has(name) ? each.own.get(name) : undefined;
    if (slot !== undefined) return slot;
  }
  return null;
}

/** Makes a variable visible from here on; null: this scope has one of that name already. */
export function declare(scope: Scope, name: string): number | null {
  if (scope.visible.has(name)) return null;
  const slot = scope.own.get(name) ?? scope.slots.count++;
  scope.own.set(name, slot);
  show(scope, name);
  return slot;
}

/** Goes through code of which at most one runs: no branch sees what another declares, and what follows sees all. */
export function inBranches<T>(scope: Scope, branches: readonly (() => T)[]): readonly T[] {
  const before = scope.declared.length;
  const after = new Set<string>();
  const made = branches.map((branch) => {
    const value = branch();
    for (const name of scope.declared.splice(before)) {
      scope.visible.delete(name);
      after.add(name);
    }
    return value;
  });
  after.forEach((name) => show(scope, name));
  return made;
}

function show(scope: Scope, name: string): void {
  scope.visible.add(name);
  scope.declared.push(name);
}

/** Names of all variables that are visible, sorted. */
export function namesIn(scope: Scope): readonly string[] {
  const names = new Set<string>();
  for (let each: Scope | null = scope; each !== null; each = each.parent)
    each.visible.forEach((name) => names.add(name));
  return [...names].sort();
}
