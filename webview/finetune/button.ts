/** A button of the toolkit with a text. */
export function button(appearance: 'primary' | 'secondary', text: string, press: () => void): HTMLElement {
  const made = document.createElement('vscode-button');
  made.setAttribute('appearance', appearance);
  made.append(text);
  made.addEventListener('click', press);
  return made;
}

/** The texts of buttons are also what assistive technology knows them by. */
export function setEnabled(made: HTMLElement, enabled: boolean): void {
  made.toggleAttribute('disabled', !enabled);
}
