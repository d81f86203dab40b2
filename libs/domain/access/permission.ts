/** Lets do `action` with `instance` of `object_type`; `*` stands for all, in each place by itself. */
export interface Permission {
  readonly object_type: string;
  readonly action: string;
  readonly instance: string;
}

/** What an administrator has. */
export const EVERYTHING: Permission = { object_type: '*', action: '*', instance: '*' };

export function permission(object_type: string, action: string, instance = '*'): Permission {
  return { object_type, action, instance };
}

const PLACES = ['object_type', 'action', 'instance'] as const;

/** Whether permissions, which add up, allow a thing; where it has `*`, they must allow all. */
export function permits(held: readonly Permission[], wanted: Permission): boolean {
  return held.some((one) => PLACES.every((place) => one[place] === '*' || one[place] === wanted[place]));
}
