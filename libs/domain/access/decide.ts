import type { Decision } from '../decision.js';
import type { State } from '../state.js';
import type { Actor } from './actor.js';
import { authenticate } from './authenticate.js';
import type { AccessCommand } from './commands.js';
import { issueToken, revokeTokens } from './issue-tokens.js';
import { askSalt, logIn } from './log-in.js';
import { defineRole, deleteRole } from './roles.js';
import { createTaskTarget } from './task-targets.js';
import { createUser, updateUser } from './users.js';

/** Decides who may do what. @throws Refusal when the actor may not */
export function decideAccess(state: State, command: AccessCommand, actor: Actor, nowMs: number): Decision {
  switch (command.type) {
    case 'create-user':
      return createUser(state, command, actor);
    case 'update-user':
      return updateUser(state, command, actor, nowMs);
    case 'define-role':
      return defineRole(state, command, actor);
    case 'delete-role':
      return deleteRole(state, command, actor);
    case 'issue-token':
      return issueToken(state, command, actor, nowMs);
    case 'revoke-tokens':
      return revokeTokens(state, command, actor, nowMs);
    case 'ask-salt':
      return askSalt(state, command);
    case 'log-in':
      return logIn(state, command, nowMs);
    case 'authenticate':
      return authenticate(state, command, nowMs);
    case 'create-task-target':
      return createTaskTarget(state, command, actor);
  }
}
