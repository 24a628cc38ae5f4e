import { commands, workspace, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { setContextKey } from './editor/contextKey';
import { inBackground } from './editor/notify';
import type { Situation } from './index/situation';

/** What the steps of the walkthrough are about; the editor ticks a step once its context key is set. */
export type FirstStep = 'open' | 'find' | 'recording' | 'understand' | 'part' | 'teach';

/** Who notices such a step has this. */
export interface Learner {
  readonly did: (step: FirstStep) => void;
}

const walkthrough = 'kindred.kindred#kindred.start';
const shownKey = 'kindred.walkthroughShown';

/** A user's first steps: the walkthrough, and what has been done of it. */
export class FirstSteps {
  readonly #context: ExtensionContext;
  readonly #log: LogOutputChannel;
  readonly #done = new Set<FirstStep>();
  /** Keys that are set before the editor knows of the walkthrough, which it may learn only as it shows it, tick nothing. */
  #isShown: boolean;

  constructor(context: ExtensionContext, log: LogOutputChannel) {
    this.#context = context;
    this.#log = log;
    this.#isShown = !isWelcome() || context.globalState.get(shownKey) === true;
  }

  readonly did = (step: FirstStep): void => {
    if (this.#done.has(step)) return;
    this.#done.add(step);
    if (this.#isShown) this.#tick(step);
  };

  /** Opens the walkthrough, once ever, when there is something to try its steps on. */
  follow(situation: Situation): void {
    if (situation.kind !== 'open') return;
    this.did('open');
    if (situation.status.sequences < 2 || !isWelcome()) return;
    if (this.#context.globalState.get(shownKey) === true) return;
    inBackground(this.#log, this.#show());
  }

  async #show(): Promise<void> {
    await this.#context.globalState.update(shownKey, true);
    await commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
    this.#isShown = true;
    for (const step of this.#done) this.#tick(step);
  }

  #tick(step: FirstStep): void {
    setContextKey(this.#log, `kindred.did.${step}`, true);
  }
}

/** Whether the user wants the walkthroughs of extensions to open by themselves. */
function isWelcome(): boolean {
  return workspace.getConfiguration('workbench.welcomePage.walkthroughs').get('openOnInstall', true);
}
