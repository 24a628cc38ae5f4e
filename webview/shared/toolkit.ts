import {
  type Button,
  type ProgressRing,
  provideVSCodeDesignSystem,
  type Radio,
  type RadioGroup,
  vsCodeButton,
  vsCodeProgressRing,
  vsCodeRadio,
  vsCodeRadioGroup,
} from '@vscode/webview-ui-toolkit';

declare global {
  interface HTMLElementTagNameMap {
    'vscode-button': Button;
    'vscode-progress-ring': ProgressRing;
    'vscode-radio': Radio;
    'vscode-radio-group': RadioGroup;
  }
}

/** Makes the toolkit's elements that the pages use known to the page; must run before any of them is made. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing(), vsCodeRadio(), vsCodeRadioGroup());
}
