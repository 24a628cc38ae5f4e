import { registerControls } from './controls';
import { useLanguageOf } from './l10n';
import { panel } from './panel';

registerControls();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root.');
useLanguageOf(root);
panel(root);
