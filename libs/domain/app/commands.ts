import type { App } from './events.js';

interface DefineApp {
  readonly type: 'define-app';
  readonly app: App;
}

interface RemoveApp {
  readonly type: 'remove-app';
  readonly id: string;
}

export type AppCommand = DefineApp | RemoveApp;
