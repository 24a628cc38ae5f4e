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

  constructor(context: ExtensionContext, log: LogOutputChannel) {
    this.#context = context;
    this.#log = log;
  }

  readonly did = (step: FirstStep): void => {
    if (this.#done.has(step)) return;
    this.#done.add(step);
    setContextKey(this.#log, `kindred.did.${step}`, true);
  };

  /** Opens the walkthrough, once ever, when there is something to try its steps on. */
  follow(situation: Situation): void {
    if (situation.kind === 'open') this.did('open');
    if (situation.kind !== 'open' || situation.status.sequences < 2 || !isWelcome()) return;
    if (this.#context.globalState.get(shownKey) === true) return;
    inBackground(this.#log, this.#show());
  }

  async #show(): Promise<void> {
    await this.#context.globalState.update(shownKey, true);
    await commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
  }
}

/** Whether the user wants the walkthroughs of extensions to open by themselves. */
function isWelcome(): boolean {
  return workspace.getConfiguration('workbench.welcomePage.walkthroughs').get('openOnInstall', true);
}
