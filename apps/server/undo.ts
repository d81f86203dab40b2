/** The server is being stopped while it still starts. */
export class StoppedWhileStarting extends Error {
  override readonly name = 'StoppedWhileStarting';
}

type Undo = () => Promise<unknown> | void;

/** What was brought up, to be taken down the last first. */
export class UndoList {
  readonly #steps: Undo[] = [];
  #undone: Promise<void> | null = null;

  /** Keeps how to take down what was just brought up. @throws StoppedWhileStarting after it was taken down at once */
  async keep(undo: Undo): Promise<void> {
    if (!this.#undone) {
      this.#steps.push(undo);
      return;
    }
    await undo();
    throw new StoppedWhileStarting('the server was stopped before it was ready');
  }

  /** Takes everything down; whatever is kept later is taken down at once. */
  all(): Promise<void> {
    this.#undone ??= this.#run();
    return this.#undone;
  }

  async #run(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) await step();
  }
}
