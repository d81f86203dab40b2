/** Who gives commands; the shape is the `owner` of the orchestrator API. */
export interface Subject {
  readonly id: string;
  readonly login: string;
  readonly email: string;
  readonly display_name: string;
  readonly is_superuser: boolean;
  readonly is_remote: boolean;
  readonly is_group: boolean;
  readonly is_revoked: boolean;
  readonly last_login: string | null;
  readonly role_ids: readonly number[];
  readonly inherited_role_ids: readonly number[];
  readonly group_ids: readonly string[];
}

export interface SubjectEvents {
  /** A subject is known from here on, or has changed; later events name it by its id. */
  'daybook.subject.registered': { readonly subject: Subject };
}
